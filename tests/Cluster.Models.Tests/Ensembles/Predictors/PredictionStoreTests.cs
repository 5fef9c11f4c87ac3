using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Predictors;

namespace SearchCluster.Models.Tests.Ensembles.Predictors;

public sealed class PredictionStoreTests : EnsembleFixture
{
    [Fact]
    public void Kept_predictions_of_another_validation_part_are_not_read()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var part = new DataPart(TorchSharp.torch.ones(2, 3), TorchSharp.torch.zeros(2), 2);
        var other = part with { Inputs = TorchSharp.torch.zeros(2, 3) };
        new PredictionStore(_store, Trials.Search, part).Write(new TrialId(0), new[,] { { 1.0 }, { 2.0 } });

        new PredictionStore(_store, Trials.Search, part).Read(new TrialId(0), 2, 1).ShouldBe(new[,] { { 1.0 }, { 2.0 } });
        new PredictionStore(_store, Trials.Search, other).Read(new TrialId(0), 2, 1).ShouldBeNull();
        new PredictionStore(_store, Trials.Search, part).Read(new TrialId(0), 2, 2).ShouldBeNull();
        File.WriteAllText(Path.Combine(_root, ArtifactPaths.Predictions(Trials.Search, new TrialId(0))), "damaged");
        new PredictionStore(_store, Trials.Search, part).Read(new TrialId(0), 2, 1).ShouldBeNull();
    }
}
