using System.Globalization;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Series;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Ensembles.Predictors;

namespace SearchCluster.Cli.Predictions;

/// <summary>Predicts what follows each window of a series, the last of which ends where the series does; continues it step by step where asked to.</summary>
internal static class SeriesPredictions
{
    public static async Task RunAsync(CommandContext context, PredictionRequest request, string path, IPredictor model, SeriesPreprocessing series)
    {
        var steps = Steps(context, await PredictionRun.ReadAsync(context, request.Input, model), series);
        var rows = Rows(model.Predict(steps), steps.GetLength(0), series);
        if (request.Continuation is { } continuation)
        {
            rows.AddRange(Continue(model, series, steps, continuation.Steps).Skip(series.Horizon));
        }

        Write(context, request, path, model.TargetNames, rows);
    }

    /// <summary>Reads the columns that the model looks at, and tells which steps were left out.</summary>
    public static double[,] Steps(CommandContext context, CsvTable table, SeriesPreprocessing series)
    {
        var (steps, notes) = SeriesSteps.Of(table, series);
        foreach (var note in notes)
        {
            context.Output.Warn(note);
        }

        return steps;
    }

    private static List<ForecastRow> Rows(double[,] predictions, int steps, SeriesPreprocessing series) =>
        [.. Enumerable.Range(0, predictions.GetLength(0)).Select(row => new ForecastRow(series.Window + row + series.Horizon, PredictionOutput.Row(predictions, row), series.Window + row + series.Horizon > steps))];

    // Each answer becomes the next step that the model looks at.
    private static IEnumerable<ForecastRow> Continue(IPredictor model, SeriesPreprocessing series, double[,] steps, int count)
    {
        if (series.Horizon != 1 || !series.Columns.ToHashSet().SetEquals(model.TargetNames))
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--steps continues a series by its own answers, but the model looks at {string.Join(", ", series.Columns)} and answers {string.Join(", ", model.TargetNames)}, {series.Horizon} step(s) on.",
                "train with horizon 1 and all columns as targets, or leave --steps out",
                CommandCodes.WrongUsage);
        }

        int[] places = [.. series.Columns.Select(model.TargetNames.IndexOf)];
        var window = new double[series.Window, places.Length];
        var first = steps.GetLength(0) - series.Window;
        for (var i = 0; i < window.Length; i++)
        {
            window[i / places.Length, i % places.Length] = steps[first + (i / places.Length), i % places.Length];
        }

        for (var step = 0; step < count; step++)
        {
            var values = PredictionOutput.Row(model.Predict(window), 0);
            yield return new(steps.GetLength(0) + step + 1, values, IsFuture: true);
            Array.Copy(window, places.Length, window, 0, window.Length - places.Length);
            for (var column = 0; column < places.Length; column++)
            {
                window[series.Window - 1, column] = values[places[column]];
            }
        }
    }

    private static void Write(CommandContext context, PredictionRequest request, string path, ValueArray<string> targets, List<ForecastRow> rows) => PredictionOutput.Write(
        context,
        request.OutputFile,
        rows.Select(row => (IReadOnlyList<string>)[row.Step.ToString(CultureInfo.InvariantCulture), .. row.Values.Select(PredictionOutput.Exact)]).Prepend(["step", .. targets]),
        rows.Count,
        () => new ForecastDocument(path, [.. targets], [.. rows.Select(row => new ForecastJson(row.Step, row.IsFuture, [.. row.Values]))]),
        CliJsonContext.Default.ForecastDocument);

    /// <summary>One answer.</summary>
    /// <param name="Step">Which step it is for, from 1.</param>
    /// <param name="Values">In the order of the targets.</param>
    /// <param name="IsFuture">True when the series does not hold it.</param>
    private sealed record ForecastRow(int Step, double[] Values, bool IsFuture);
}
