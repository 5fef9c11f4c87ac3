using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;

namespace SearchCluster.Cli.Predictions.Kinds;

/// <summary>Writes what a model says that answers numbers: one column for each.</summary>
internal static class NumberPredictions
{
    public static void Write(
        CommandContext context, PredictionRequest request, string path, ValueArray<string> targets, double[,] numbers, RowNames names)
    {
        var count = numbers.GetLength(0);
        PredictionOutput.Write(
            context,
            request.OutputFile,
            Rows(targets, numbers, names),
            count,
            () => new NumberPredictDocument(
                path,
                count,
                [.. targets],
                [.. Enumerable.Range(0, count).Select(row => PredictionOutput.Row(numbers, row))],
                names.Images,
                names.Json),
            CliJsonContext.Default.NumberPredictDocument);
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(ValueArray<string> targets, double[,] numbers, RowNames names)
    {
        yield return [.. targets, .. names.Header];
        for (var row = 0; row < numbers.GetLength(0); row++)
        {
            yield return [.. PredictionOutput.Row(numbers, row).Select(PredictionOutput.Exact), .. names.Of(row)];
        }
    }
}
