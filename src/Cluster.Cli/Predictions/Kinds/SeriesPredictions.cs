using System.Globalization;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Series;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Ensembles.Predictors;

namespace SearchCluster.Cli.Predictions.Kinds;

/// <summary>Predicts what follows each window of a series, the last of which ends where the series does;
/// continues it step by step where asked to.</summary>
internal static class SeriesPredictions
{
    public static async Task RunAsync(
        CommandContext context, PredictionRequest request, string path, IPredictor model, SeriesPreprocessing series)
    {
        var table = PredictionInput.Table(context, await PredictionInput.OpenAsync(context, request.Input), request, model);
        var (steps, numbers) = Steps(context, table, series);
        var calendar = new StepNumbers(numbers, table.Rows);
        var rows = Rows(model.Predict(steps), calendar, series);
        if (request.Continuation is { } continuation)
        {
            rows.AddRange(Continue(model, series, steps, calendar, continuation.Steps).Skip(series.Horizon));
        }

        Write(context, request, path, model.TargetNames, rows);
    }

    /// <summary>Reads the columns that the model looks at, and tells which steps were left out.</summary>
    /// <returns>The steps, and the number of each in the table, from 0.</returns>
    public static (double[,] Steps, ValueArray<int> Numbers) Steps(CommandContext context, CsvTable table, SeriesPreprocessing series)
    {
        var told = table.Warnings.Count;
        var (steps, numbers, notes) = SeriesSteps.Of(table, series);
        PredictionInput.Tell(context, [.. table.Warnings.Skip(told), .. notes, .. FarNumbers.Find(table, steps, numbers, series)]);
        return (steps, numbers);
    }

    private static List<ForecastRow> Rows(double[,] predictions, StepNumbers calendar, SeriesPreprocessing series) =>
        [.. Enumerable.Range(0, predictions.GetLength(0))
            .Select(row => calendar.Row(series.Window + row + series.Horizon - 1, PredictionOutput.Row(predictions, row)))];

    // Each answer becomes the next step that the model looks at.
    private static IEnumerable<ForecastRow> Continue(
        IPredictor model, SeriesPreprocessing series, double[,] steps, StepNumbers calendar, int count)
    {
        if (series.Horizon != 1 || !series.Columns.ToHashSet().SetEquals(model.TargetNames))
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--steps continues a series by its own answers, but the model looks at {string.Join(", ", series.Columns)} and answers "
                    + $"{string.Join(", ", model.TargetNames)}, {series.Horizon} step(s) on.",
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
            yield return calendar.Row(steps.GetLength(0) + step, values);
            Array.Copy(window, places.Length, window, 0, window.Length - places.Length);
            for (var column = 0; column < places.Length; column++)
            {
                window[series.Window - 1, column] = values[places[column]];
            }
        }
    }

    private static void Write(
        CommandContext context, PredictionRequest request, string path, ValueArray<string> targets, List<ForecastRow> rows) =>
        PredictionOutput.Write(
            context,
            request.OutputFile,
            rows.Select(row => (IReadOnlyList<string>)[
                row.Step.ToString(CultureInfo.InvariantCulture),
                .. row.Values.Select(PredictionOutput.Exact),
            ])
                .Prepend(["step", .. targets]),
            rows.Count,
            () => new ForecastDocument(
                path, [.. targets], [.. rows.Select(row => new ForecastJson(row.Step, row.IsFuture, [.. row.Values]))]),
            CliJsonContext.Default.ForecastDocument);

    /// <summary>Which row of the table a step is: data.missing may have left out some of them, and what lies
    /// beyond the end is counted on from the last row.</summary>
    private sealed record StepNumbers(ValueArray<int> Kept, int Rows)
    {
        public ForecastRow Row(int step, double[] values) => step < Kept.Count
            ? new(Kept[step] + 1, values, IsFuture: false)
            : new(Rows + step - Kept.Count + 1, values, IsFuture: true);
    }

    /// <summary>One answer.</summary>
    /// <param name="Step">Which row of the table it is for, from 1.</param>
    /// <param name="Values">In the order of the targets.</param>
    /// <param name="IsFuture">True when the series does not hold it.</param>
    private sealed record ForecastRow(int Step, double[] Values, bool IsFuture);
}
