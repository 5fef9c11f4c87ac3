using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;

namespace SearchCluster.Cli.Predictions;

/// <summary>Writes what a model says that answers numbers: one column for each.</summary>
internal static class NumberPredictions
{
    public static void Write(CommandContext context, PredictionRequest request, string path, ValueArray<string> targets, double[,] numbers, ValueArray<string>? images)
    {
        var count = numbers.GetLength(0);
        PredictionOutput.Write(
            context,
            request.OutputFile,
            Rows(targets, numbers, images),
            count,
            () => new NumberPredictDocument(
                path, count, [.. targets], [.. Enumerable.Range(0, count).Select(row => PredictionOutput.Row(numbers, row))], images),
            CliJsonContext.Default.NumberPredictDocument);
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(ValueArray<string> targets, double[,] numbers, ValueArray<string>? images)
    {
        yield return [.. targets, .. images is null ? [] : (string[])["image"]];
        for (var row = 0; row < numbers.GetLength(0); row++)
        {
            yield return [.. PredictionOutput.Row(numbers, row).Select(PredictionOutput.Exact), .. images is null ? [] : (string[])[images[row]]];
        }
    }
}
