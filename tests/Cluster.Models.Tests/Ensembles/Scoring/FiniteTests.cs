using System.Runtime.InteropServices;
using SearchCluster.Artifacts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.ModelFiles;

namespace SearchCluster.Models.Tests.Ensembles.Scoring;

public sealed class FiniteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("finite").FullName;

    [Fact]
    public void A_model_whose_weights_are_no_numbers_is_refused_by_the_name_of_the_weight()
    {
        using (var original = new MemoryStream(Model()))
        {
            var file = ModelFile.Read(original);
            var bytes = file.Weights[0].Bytes.ToArray();
            MemoryMarshal.Write(bytes, float.NaN);
            using var changed = File.Create(Path.Combine(_folder, "nan.scm"));
            (file with { Weights = [file.Weights[0] with { Bytes = bytes }, .. file.Weights.Skip(1)] }).Write(changed);
        }

        var refused = Should.Throw<ArtifactException>(() => TrainedModel.Load(Path.Combine(_folder, "nan.scm")));

        refused.Code.ShouldBe("SC3254");
        refused.Message.ShouldStartWith("1 of the numbers in '");
    }

    [Fact]
    public void An_answer_that_is_no_number_is_refused_by_its_row()
    {
        File.WriteAllBytes(Path.Combine(_folder, "model.scm"), Model());
        using var model = TrainedModel.Load(Path.Combine(_folder, "model.scm"));
        var rows = new double[3, 64];
        rows[1, 5] = double.NaN;

        var refused = Should.Throw<DataException>(() => model.Predict(rows));

        refused.Code.ShouldBe("SC3255");
        refused.Message.ShouldContain("NaN for row 2 of 3");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Model() =>
        Trials.Run(Trials.Assignment(Trials.Sane(epochs: 1))).Artifacts.Files[ArtifactPaths.Model(Trials.Search, new TrialId(0))];
}
