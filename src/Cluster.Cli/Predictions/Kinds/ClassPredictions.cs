using System.Globalization;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;

namespace SearchCluster.Cli.Predictions.Kinds;

/// <summary>Writes what a model says that answers a class: the most probable one, with its probability.</summary>
internal static class ClassPredictions
{
    public static void Write(
        CommandContext context, PredictionRequest request, string path, ValueArray<string> classes, double[,] probabilities, RowNames names)
    {
        int[] winners = [.. Enumerable.Range(0, probabilities.GetLength(0)).Select(row => Winner(probabilities, row))];
        PredictionOutput.Write(
            context,
            request.OutputFile,
            Rows(request, classes, probabilities, winners, names),
            winners.Length,
            () => new PredictDocument(
                path,
                winners.Length,
                [.. classes],
                [.. winners.Select(winner => classes[winner])],
                request.Probabilities ? [.. winners.Select((_, row) => PredictionOutput.Row(probabilities, row))] : null,
                names.Images,
                names.Json),
            CliJsonContext.Default.PredictDocument);
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(
        PredictionRequest request, ValueArray<string> classes, double[,] probabilities, int[] winners, RowNames names)
    {
        yield return ["prediction", "probability", .. request.Probabilities ? classes.Select(c => $"p({c})") : [], .. names.Header];
        for (var row = 0; row < winners.Length; row++)
        {
            yield return
            [
                classes[winners[row]],
                Number(probabilities[row, winners[row]]),
                .. request.Probabilities ? PredictionOutput.Row(probabilities, row).Select(Number) : [],
                .. names.Of(row),
            ];
        }
    }

    private static string Number(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);

    private static int Winner(double[,] probabilities, int row) =>
        Enumerable.Range(0, probabilities.GetLength(1))
            .Aggregate(0, (best, c) => probabilities[row, c] > probabilities[row, best] ? c : best);
}
