using System.Globalization;
using System.Text;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Output;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Ensembles;

namespace SearchCluster.Cli.Predictions;

/// <summary>Predicts what follows each window of a series, the last of which ends where the series does; continues it step by step where asked to.</summary>
internal static class SeriesPredictions
{
    public static async Task RunAsync(CommandContext context, PredictionRequest request, string path, IPredictor model, SeriesPreprocessing series)
    {
        var steps = Steps(await PredictionRun.ReadAsync(context, request.Input, series.Reading), series);
        var rows = Rows(model.Predict(steps), steps.GetLength(0), series);
        if (request.Continuation is { } continuation)
        {
            rows.AddRange(Continue(model, series, steps, continuation.Steps).Skip(series.Horizon));
        }

        Write(context, request, path, model.TargetNames, rows);
    }

    /// <summary>Compares the predictions of all windows with what follows them in the series.</summary>
    public static Evaluation Evaluate(CsvTable table, IPredictor model, SeriesPreprocessing series)
    {
        var steps = Steps(table, series);
        int[] targets = [.. model.TargetNames.Select(series.Columns.IndexOf)];
        var known = Rows(model.Predict(steps), steps.GetLength(0), series).Where(row => row.Step <= steps.GetLength(0)).ToList();
        if (known.Count == 0)
        {
            throw new CliException(ExitCodes.InvalidInput, $"The series has {steps.GetLength(0)} steps, but a window of {series.Window} with its answer {series.Horizon} further on needs {series.Window + series.Horizon}.", "give a longer series", "SC3013");
        }

        var (predictions, truth) = (new double[known.Count, targets.Length], new double[known.Count, targets.Length]);
        for (var row = 0; row < known.Count; row++)
        {
            for (var k = 0; k < targets.Length; k++)
            {
                (predictions[row, k], truth[row, k]) = (known[row].Values[k], steps[known[row].Step - 1, targets[k]]);
            }
        }

        return Evaluation.OfNumbers(predictions, truth);
    }

    private static double[,] Steps(CsvTable table, SeriesPreprocessing series) => table.Select(series.Columns, series.Reading);

    private static List<ForecastRow> Rows(double[,] predictions, int steps, SeriesPreprocessing series) =>
        [.. Enumerable.Range(0, predictions.GetLength(0)).Select(row => new ForecastRow(series.Window + row + series.Horizon, Row(predictions, row), series.Window + row + series.Horizon > steps))];

    // Each answer becomes the next step that the model looks at.
    private static IEnumerable<ForecastRow> Continue(IPredictor model, SeriesPreprocessing series, double[,] steps, int count)
    {
        if (series.Horizon != 1 || !series.Columns.ToHashSet().SetEquals(model.TargetNames))
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--steps continues a series by its own answers, but the model looks at {string.Join(", ", series.Columns)} and answers {string.Join(", ", model.TargetNames)}, {series.Horizon} step(s) on.",
                "train with horizon 1 and all columns as targets, or leave --steps out",
                "SC0002");
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
            var values = Row(model.Predict(window), 0);
            yield return new(steps.GetLength(0) + step + 1, values, IsFuture: true);
            Array.Copy(window, places.Length, window, 0, window.Length - places.Length);
            for (var column = 0; column < places.Length; column++)
            {
                window[series.Window - 1, column] = values[places[column]];
            }
        }
    }

    private static double[] Row(double[,] predictions, int row) => [.. Enumerable.Range(0, predictions.GetLength(1)).Select(k => predictions[row, k])];

    private static void Write(CommandContext context, PredictionRequest request, string path, ValueArray<string> targets, List<ForecastRow> rows)
    {
        if (request.OutputFile is { } file)
        {
            var text = new StringBuilder();
            WriteCsv(new StringWriter(text, CultureInfo.InvariantCulture) { NewLine = "\n" }, targets, rows);
            OutputFile.Write(context.FullPath(file), text.ToString());
            context.Output.Note($"{Format.Count(rows.Count, "prediction")} written to {file}.");
        }

        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new ForecastDocument(path, [.. targets], [.. rows.Select(row => new ForecastJson(row.Step, row.IsFuture, [.. row.Values]))]), CliJsonContext.Default.ForecastDocument);
        }
        else if (request.OutputFile is null)
        {
            WriteCsv(context.Output.Data, targets, rows);
        }
    }

    private static void WriteCsv(TextWriter output, ValueArray<string> targets, List<ForecastRow> rows)
    {
        output.WriteLine(CsvText.Line(["step", .. targets]));
        foreach (var row in rows)
        {
            output.WriteLine(CsvText.Line([row.Step.ToString(CultureInfo.InvariantCulture), .. row.Values.Select(value => value.ToString("R", CultureInfo.InvariantCulture))]));
        }
    }

    /// <summary>One answer.</summary>
    /// <param name="Step">Which step it is for, from 1.</param>
    /// <param name="Values">In the order of the targets.</param>
    /// <param name="IsFuture">True when the series does not hold it.</param>
    private sealed record ForecastRow(int Step, double[] Values, bool IsFuture);
}
