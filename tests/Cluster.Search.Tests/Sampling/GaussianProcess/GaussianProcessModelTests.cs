using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.GaussianProcess;
using SearchCluster.Search.Sampling.Random;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class GaussianProcessModelTests
{
    private static readonly double[] Middle = [0.4, 0.6, 0.5];

    [Fact]
    public void Trials_take_turns_while_the_evidence_for_an_additive_part_is_close()
    {
        var (model, observations) = Observed(8, (x, y, z) => Math.Sin(5 * x) + (y * y) + z);

        Prediction(model, observations, 8).ShouldNotBe(Prediction(model, observations, 9));
    }

    [Fact]
    public void One_model_serves_every_trial_once_the_evidence_decides()
    {
        var (model, observations) = Observed(60, (x, y, z) => Math.Sin(9 * x) + Math.Cos(7 * y) + Math.Sin(11 * z));

        Prediction(model, observations, 60).ShouldBe(Prediction(model, observations, 61));
    }

    private static ModelPrediction Prediction(GaussianProcessModel model, Observations observations, int number)
    {
        model.Update(observations, [], number);
        return model.Predict(Middle);
    }

    private static (GaussianProcessModel Model, Observations Observations) Observed(int trials, Func<double, double, double, double> loss)
    {
        var space = new SearchSpace([new("x", new RealDomain(0, 1)), new("y", new RealDomain(0, 1)), new("z", new RealDomain(0, 1))]);
        var spec = SampleSpaces.Spec("mixed") with { Space = space, Seed = 1 };
        var encoding = new SpaceEncoding(space);
        var search = new PlayedSearch(spec, new RandomSampler(space));
        var point = new double[3];
        for (var i = 0; i < trials; i++)
        {
            var trial = search.Ask();
            encoding.TryEncode(trial.Values, point).ShouldBeTrue();
            search.Tell(trial.Id, loss(point[0], point[1], point[2]));
        }

        var observations = new Observations(encoding);
        observations.Update(search.View);
        return (new GaussianProcessModel(encoding, new()), observations);
    }
}
