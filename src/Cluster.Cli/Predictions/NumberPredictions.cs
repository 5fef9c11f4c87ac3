using System.Globalization;
using System.Text;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Output;

namespace SearchCluster.Cli.Predictions;

/// <summary>Writes what a model says that answers numbers: one column for each.</summary>
internal static class NumberPredictions
{
    public static void Write(CommandContext context, PredictionRequest request, string path, ValueArray<string> targets, double[,] numbers, ValueArray<string>? images)
    {
        var rows = numbers.GetLength(0);
        if (request.OutputFile is { } file)
        {
            var text = new StringBuilder();
            WriteCsv(new StringWriter(text, CultureInfo.InvariantCulture) { NewLine = "\n" }, targets, numbers, images);
            OutputFile.Write(context.FullPath(file), text.ToString());
            context.Output.Note($"{Format.Count(rows, "prediction")} written to {file}.");
        }

        if (context.Output.IsJson)
        {
            double[][] values = [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, targets.Count).Select(k => numbers[row, k]).ToArray())];
            context.Output.WriteJson(new NumberPredictDocument(path, rows, [.. targets], values, images), CliJsonContext.Default.NumberPredictDocument);
        }
        else if (request.OutputFile is null)
        {
            WriteCsv(context.Output.Data, targets, numbers, images);
        }
    }

    private static void WriteCsv(TextWriter output, ValueArray<string> targets, double[,] numbers, ValueArray<string>? images)
    {
        output.WriteLine(CsvText.Line([.. targets, .. images is null ? [] : (string[])["image"]]));
        for (var row = 0; row < numbers.GetLength(0); row++)
        {
            var values = Enumerable.Range(0, targets.Count).Select(k => numbers[row, k].ToString("R", CultureInfo.InvariantCulture));
            output.WriteLine(CsvText.Line([.. values, .. images is null ? [] : (string[])[images[row]]]));
        }
    }
}
