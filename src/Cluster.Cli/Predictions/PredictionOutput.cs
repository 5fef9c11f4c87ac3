using System.Globalization;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Output;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Predictions;

/// <summary>Where predictions go: into the file that was named, and to standard output as JSON, or as a table where no file was named.</summary>
internal static class PredictionOutput
{
    /// <summary>Writes a table.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="file">The file that was named, or null.</param>
    /// <param name="rows">Header, then a row for each prediction.</param>
    /// <param name="count">How many predictions there are.</param>
    /// <param name="document">The same as JSON.</param>
    /// <param name="type">How the document is written.</param>
    public static void Write<T>(CommandContext context, string? file, IEnumerable<IReadOnlyList<string>> rows, int count, Func<T> document, JsonTypeInfo<T> type)
    {
        if (file is not null)
        {
            var text = new StringBuilder();
            foreach (var row in rows)
            {
                text.Append(CsvText.Line(row)).Append('\n');
            }

            OutputFile.Write(context.FullPath(file), text.ToString());
            context.Output.Note($"{Format.Count(count, "prediction")} written to {file}.");
        }

        if (context.Output.IsJson)
        {
            context.Output.WriteJson(document(), type);
        }
        else if (file is null)
        {
            foreach (var row in rows)
            {
                context.Output.Data.WriteLine(CsvText.Line(row));
            }
        }
    }

    /// <summary>A number with all its digits.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>One row of predictions.</summary>
    public static double[] Row(double[,] predictions, int row) => [.. Enumerable.Range(0, predictions.GetLength(1)).Select(k => predictions[row, k])];
}
