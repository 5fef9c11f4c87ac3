using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace SearchCluster.Benchmarks.Workloads;

/// <summary><c>workloads</c>: runs the examples in full on real data and prints the rows of <c>docs/results.md</c>.</summary>
internal static class WorkloadsCommand
{
    // In the order of the document; the second stage of the transfer needs the first, so both share a state folder.
    private static readonly Example[] Examples =
    [
        new("digits-cnn", null),
        new("cross-validation", null),
        new("breast-cancer", "breast-cancer/breast_cancer.csv", "accuracy"),
        new("california-housing", "california-housing/housing.csv", "accuracy"),
        new("house-prices", "ames-housing/AmesHousing.txt"),
        new("sunspots", "sequences/sunspots.csv", "mae"),
        new("sunspots-transformer", "sequences/sunspots.csv", "mae"),
        new("mnist-encoder", "mnist"),
        new("mnist-few-labels", "mnist", "accuracy"),
        new("mnist-from-scratch", "mnist", "accuracy"),
        new("cifar10", "cifar10/cifar-10-batches-bin"),
        new("shakespeare", "tinyshakespeare/input.txt"),
        new("shakespeare-lstm", "tinyshakespeare/input.txt"),
        new("fashion-autoencoder", "fashion-mnist"),
        new("msrc", "msrc-v2/segmentation_data.zip"),
        new("facial-keypoints", "facial-keypoints/facial_keypoints.zip"),
        new("nuclei", "nuclei-dsb2018/nuclei.zip"),
        new("fashion-mnist", "fashion-mnist"),
    ];

    /// <summary>Runs the examples one after the other.</summary>
    /// <param name="arguments"><c>--tool FILE --examples DIR --data DIR --only a,b --slots N</c>.</param>
    /// <returns>0, or 1 when an example failed.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        string Option(string name, string standard) =>
            Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : standard;
        var tool = Path.GetFullPath(Option("--tool", "artifacts/bin/Cluster.Cli/release/searchcluster"));
        var data = Path.GetFullPath(Option("--data", "../shared/data"));
        var only = Option("--only", string.Join(',', Examples.Select(example => example.Name))).Split(',');
        if (!File.Exists(tool))
        {
            Console.Error.WriteLine($"{tool} is not there; build src/Cluster.Cli in Release, or name the program with --tool.");
            return 1;
        }

        var state = Directory.CreateTempSubdirectory("searchcluster-workloads-").FullName;
        Console.WriteLine(
            "| example | metric | validation | test | ensemble, test | gain, 95 % | time |\n"
                + "| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        var failed = false;
        foreach (var example in Examples.Where(example => only.Contains(example.Name)))
        {
            if (example.Data is { } path && !Path.Exists(Path.Combine(data, path)))
            {
                Console.WriteLine($"| {example.Name} | skipped: {path} is not in the data folder | | | | | |");
                continue;
            }

            var (row, ok) = await RunAsync(
                tool,
                Path.Combine(Option("--examples", "examples"), example.Name + ".search.yaml"),
                example,
                data,
                state,
                Option("--slots", "1"));
            Console.WriteLine(row);
            failed |= !ok;
        }

        Directory.Delete(state, recursive: true);
        return failed ? 1 : 0;
    }

    private static async Task<(string Row, bool IsGood)> RunAsync(
        string tool, string spec, Example example, string data, string state, string slots)
    {
        string[] source = example.Data is null ? [] : ["--set", "data.source=" + Path.Combine(data, example.Data)];
        var start = new ProcessStartInfo(tool, ["run", spec, .. source, "--slots", slots, "--port", "0", "--state", state, "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            return ($"| {example.Name} | failed, exit code {process.ExitCode}: {output[1].Trim().Split('\n')[^1]} | | | | | |", false);
        }

        using var document = JsonDocument.Parse(output[0]);
        var search = document.RootElement.GetProperty("search");
        var metric = search.GetProperty("objective").GetProperty("metric").GetString()!;
        var best = search.GetProperty("best");
        var ensemble = document.RootElement.GetProperty("ensemble");
        var score = example.Metric ?? metric.Split('/')[1];
        return (
            $"| {example.Name} | {score} "
                + $"| {(example.Metric is null ? Number(best.GetProperty("objective")) : Metric(best, "val/" + score))} "
                + $"| {Metric(best, "test/" + score)} "
                + $"| {(ensemble.ValueKind == JsonValueKind.Object ? Metric(ensemble, "test/" + score) : "")} "
                + $"| {Gain(ensemble, "test/" + score)} | {clock.Elapsed.TotalSeconds:0} s |",
            true);
    }

    private static string Metric(JsonElement holder, string name) =>
        holder.GetProperty("metrics").TryGetProperty(name, out var value) ? Number(value) : "";

    private static string Gain(JsonElement ensemble, string name) =>
        ensemble.ValueKind == JsonValueKind.Object
            && ensemble.TryGetProperty("gains", out var gains)
            && gains.ValueKind == JsonValueKind.Object
            && gains.TryGetProperty(name, out var gain)
            ? $"{Number(gain.GetProperty("low"))} to {Number(gain.GetProperty("high"))}" : "";

    private static string Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString("0.####", CultureInfo.InvariantCulture) : "";

    // What is printed where the objective is a loss that means little to people.
    private sealed record Example(string Name, string? Data, string? Metric = null);
}
