using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using SearchCluster.Cli.Invocation;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Predictions;

/// <summary>Where predictions go: into the file that was named, and to standard output as JSON, or as a table
/// where no file was named.</summary>
internal static class PredictionOutput
{
    /// <summary>Writes a table.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="file">The file that was named, or null.</param>
    /// <param name="rows">Header, then a row for each prediction.</param>
    /// <param name="count">How many predictions there are.</param>
    /// <param name="document">The same as JSON.</param>
    /// <param name="type">How the document is written.</param>
    public static void Write<T>(
        CommandContext context, string? file, IEnumerable<IReadOnlyList<string>> rows, int count, Func<T> document, JsonTypeInfo<T> type) =>
        WriteText(
            context,
            file,
            () => string.Concat(rows.Select(row => CsvText.Line(row) + '\n')),
            Format.Count(count, "prediction"),
            document,
            type);

    /// <summary>Writes a text.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="file">The file that was named, or null.</param>
    /// <param name="text">The text with its last line end; a terminal gets it without control characters.</param>
    /// <param name="what">What is told to be in the file.</param>
    /// <param name="document">The same as JSON.</param>
    /// <param name="type">How the document is written.</param>
    public static void WriteText<T>(
        CommandContext context, string? file, Func<string> text, string what, Func<T> document, JsonTypeInfo<T> type)
    {
        if (file is not null)
        {
            context.WriteFile(file, text());
            context.Output.Note($"{what} written to {file}.");
        }

        if (context.Output.IsJson)
        {
            context.Output.WriteJson(document(), type);
        }
        else if (file is null)
        {
            context.Output.Data.Write(SafeText.OfLines(text()));
        }
    }

    /// <summary>Tells which pictures were written: one a row, on standard output.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="folder">The folder that was named.</param>
    /// <param name="rows">Header, then a row for each picture.</param>
    /// <param name="what">What is told to be in the folder.</param>
    /// <param name="document">The same as JSON.</param>
    /// <param name="type">How the document is written.</param>
    public static void TellPictures<T>(
        CommandContext context, string folder, IEnumerable<IReadOnlyList<string>> rows, string what, T document, JsonTypeInfo<T> type)
    {
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(document, type);
            return;
        }

        foreach (var row in rows)
        {
            context.Output.Data.WriteLine(CsvText.Line(row));
        }

        context.Output.Note($"{what} written to {folder}.");
    }

    /// <summary>A number with all its digits.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>One row of predictions.</summary>
    public static double[] Row(double[,] predictions, int row) =>
        [.. Enumerable.Range(0, predictions.GetLength(1)).Select(k => predictions[row, k])];
}
