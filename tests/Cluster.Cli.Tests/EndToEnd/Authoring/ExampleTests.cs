using System.Text.Json;
using SearchCluster.TestKit.Data;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Cli.Tests.EndToEnd.Authoring;

/// <summary>The examples that need data, each on a small slice of the real ones; skipped where those are not beside the checkout.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ExampleTests : IDisposable
{
    private const string Short = "--set workload.fixed.epochs=2 --set budget.trials=2 --port 0 --slots 1 --json";

    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Theory]
    [InlineData("breast-cancer", "breast-cancer/breast_cancer.csv", "--set ensemble.members=2", "test/accuracy")]
    [InlineData("california-housing", "california-housing/housing.csv", "--set data.limit=600", "test/accuracy")]
    [InlineData("house-prices", "ames-housing/AmesHousing.txt", "--set data.limit=300", "test/r2")]
    [InlineData("sunspots", "sequences/sunspots.csv", "", "test/r2")]
    [InlineData("shakespeare", "tinyshakespeare/input.txt", "--set data.limit=4000", "test/accuracy")]
    [InlineData("sunspots-transformer", "sequences/sunspots.csv", "", "test/r2")]
    [InlineData("shakespeare-lstm", "tinyshakespeare/input.txt", "--set data.limit=4000", "test/accuracy")]
    [InlineData("fashion-autoencoder", "fashion-mnist", "--set data.limit=200", "test/mse")]
    [InlineData(
        "msrc",
        "msrc-v2/segmentation_data.zip",
        "--set data.limit=20 --set data.images.width=32 --set data.images.height=32",
        "test/iou")]
    [InlineData("cifar10", "cifar10/cifar-10-batches-bin", "--set data.limit=120", "test/accuracy")]
    [InlineData(
        "nuclei",
        "nuclei-dsb2018/nuclei.zip",
        "--set data.limit=15 --set data.images.width=32 --set data.images.height=32",
        "test/iou")]
    [InlineData("facial-keypoints", "facial-keypoints/facial_keypoints.zip", "--set data.limit=30", "val/score")]
    [InlineData("fashion-mnist", "fashion-mnist", "--set data.limit=200", "test/accuracy")]
    [InlineData("mnist-from-scratch", "mnist", "", "test/accuracy")]
    public async Task An_example_runs_on_a_slice_of_its_data(string name, string data, string slice, string metric)
    {
        var source = RealData.Require(data);

        (await _real.RunAsync(Line(name, source, slice))).ShouldBe(0, _real.Cli.Error);

        var best = Best();
        best.GetProperty("metrics").GetProperty(metric).ValueKind.ShouldBe(JsonValueKind.Number);
    }

    [Fact]
    public async Task Folds_are_measurements_of_a_trial()
    {
        (await _real.RunAsync(
            "run "
                + RepositoryFiles.PathOf("examples/cross-validation.search.yaml")
                + " --set data.split.folds=3 --set data.limit=400 "
                + Short))
            .ShouldBe(
            0,
            _real.Cli.Error);

        Best().GetProperty("metrics").GetProperty("val/loss.sd").GetDouble().ShouldBeGreaterThan(0);
        (await _real.RunAsync("trials cross-validation --json")).ShouldBe(0, _real.Cli.Error);
        using var trials = JsonDocument.Parse(_real.Cli.Out);
        trials.RootElement.GetProperty("trials").EnumerateArray().ShouldAllBe(trial => trial.GetProperty("epoch").GetInt32() == 3);
    }

    [Fact]
    public async Task The_second_stage_starts_from_the_encoder_of_the_first()
    {
        var source = RealData.Require("mnist");
        (await _real.RunAsync(
            Line("mnist-encoder", source, "--set data.split.trainRows=200-899 --set data.split.validationRows=900-999"))).ShouldBe(
            0,
            _real.Cli.Error);
        var first = Best().GetProperty("trial").GetInt32();

        (await _real.RunAsync(Line("mnist-few-labels", source, ""))).ShouldBe(0, _real.Cli.Error);

        Best().GetProperty("metrics").GetProperty("test/accuracy").GetDouble().ShouldBeGreaterThan(0.1);
        (await _real.RunAsync(Line("mnist-few-labels", source, $"--set workload.pretrained.trial={first} --name again"))).ShouldBe(
            0, _real.Cli.Error);
        (await _real.RunAsync(Line("mnist-few-labels", source, "--set workload.pretrained.from=nowhere --name lost"))).ShouldNotBe(0);
        _real.Cli.Error.ShouldContain("search 'nowhere' does not exist");
    }

    private static string Line(string name, string source, string slice) =>
        string.Join(' ', $"run {RepositoryFiles.PathOf($"examples/{name}.search.yaml")} --set data.source={source} {slice} {Short}".Split(
            ' ', StringSplitOptions.RemoveEmptyEntries));

    private JsonElement Best()
    {
        using var document = JsonDocument.Parse(_real.Cli.Out);
        return document.RootElement.GetProperty("search").GetProperty("best").Clone();
    }
}
