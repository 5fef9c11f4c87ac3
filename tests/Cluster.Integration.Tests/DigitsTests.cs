using System.IO.Compression;

namespace SearchCluster.Integration.Tests;

/// <summary>The main job: the example of the README's first screen in full, and what can be done with its results.</summary>
[Trait("Category", "Integration")]
public sealed class DigitsTests
{
    private const double WantedAccuracy = 0.97;
    private const int Trials = 30;

    [Fact]
    public async Task The_example_ends_with_an_ensemble_that_reads_digits()
    {
        await using var deployment = new Deployment();
        var example = Path.Combine(ToolLocation.Repository, "examples", "digits.search.yaml");

        var run = (await deployment.RunAsync("run", example, "--port", "0")).ShouldExitWith(0);

        ReportsBoth(run.Output);
        var accuracy = await EnsembleAccuracyAsync(deployment);
        accuracy.ShouldBeGreaterThanOrEqualTo(WantedAccuracy);
        HasItsFiles(deployment);
        JournalInvariants.Violations(deployment.History("digits").Events).ShouldBeEmpty();
        await AnswersQueriesAsync(deployment);
        await PredictsAsync(deployment, accuracy);
    }

    private static void ReportsBoth(string report)
    {
        report.ShouldContain("best trial");
        report.ShouldContain("ensemble");
        report.ShouldContain("test/accuracy");
        report.ShouldContain("best single trial");
        report.ShouldContain("searchcluster predict digits");
    }

    private static async Task<double> EnsembleAccuracyAsync(Deployment deployment)
    {
        var ensemble = (await deployment.RunAsync("status", "digits", "--json")).ShouldExitWith(0).Json.GetProperty("ensemble");
        var single = ensemble.GetProperty("bestSingle").GetProperty("test/accuracy").GetDouble();
        single.ShouldBeInRange(0.9, 1);
        ensemble.GetProperty("members").GetArrayLength().ShouldBe(5);
        return ensemble.GetProperty("metrics").GetProperty("test/accuracy").GetDouble();
    }

    private static void HasItsFiles(Deployment deployment)
    {
        var results = Path.Combine(deployment.StateFolder, "searches", "digits");
        File.Exists(Path.Combine(results, "spec.yaml")).ShouldBeTrue();
        File.Exists(Path.Combine(results, "ensemble", "ensemble.json")).ShouldBeTrue();
        Directory.GetFiles(Path.Combine(results, "ensemble"), "trial-*.scm").Length.ShouldBe(5);
        Directory.GetDirectories(Path.Combine(results, "trials")).Length.ShouldBe(Trials);
        Directory.GetFiles(results, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private static async Task AnswersQueriesAsync(Deployment deployment)
    {
        var trials = (await deployment.RunAsync("trials", "digits", "--json")).ShouldExitWith(0).Json;
        var best = (await deployment.RunAsync("best", "digits", "--json")).ShouldExitWith(0).Json.GetProperty("trials")[0];
        var trace = (await deployment.RunAsync("trace", "digits")).ShouldExitWith(0).Output;

        trials.GetProperty("total").GetInt32().ShouldBe(Trials);
        var losses = trials.GetProperty("trials").EnumerateArray().Select(t => t.GetProperty("objective").GetDouble());
        best.GetProperty("objective").GetDouble().ShouldBe(losses.Min());
        trace.ShouldContain("search.submit");
        trace.ShouldContain("epoch");
    }

    /// <summary>The rows that nothing was trained on are a fifth; on all rows the ensemble must do at least as
    /// well as on those, less their chance.</summary>
    private static async Task PredictsAsync(Deployment deployment, double accuracy)
    {
        var rows = DigitRows();
        var file = deployment.WriteFile("rows.csv", string.Join('\n', rows.Select(r => r[..r.LastIndexOf(',')])));

        var answer = (await deployment.RunAsync("predict", "digits", file, "--json")).ShouldExitWith(0).Json;

        var predictions = answer.GetProperty("predictions").EnumerateArray().Select(p => p.GetString()).ToList();
        predictions.Count.ShouldBe(rows.Count);
        var right = predictions.Zip(rows, (prediction, row) => prediction == row[(row.LastIndexOf(',') + 1)..]).Count(isRight => isRight);
        ((double)right / rows.Count).ShouldBeGreaterThanOrEqualTo(accuracy - 0.01);
    }

    private static List<string> DigitRows()
    {
        using var file = File.OpenRead(Path.Combine(ToolLocation.Repository, "src", "Cluster.Models", "Data", "Digits", "digits.csv.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
