using System.Globalization;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Insight.Wording;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Ensembles.Predictors;

namespace SearchCluster.Cli.Predictions.Kinds;

/// <summary>What an autoencoder gives: its input as it rebuilds it, codes, and new inputs of a variational one.</summary>
internal static class AutoencoderPredictions
{
    public static async Task RunAsync(CommandContext context, PredictionRequest request, string path, IPredictor model)
    {
        var (input, names) = await PredictionInput.ReadAsync(context, request, model);
        if (request.Answer == AutoencoderAnswer.Code)
        {
            var codes = model.Encode(input);
            NumberPredictions.Write(
                context, request, path, Enumerable.Range(0, codes.GetLength(1)).Select(k => $"code{k}").ToValueArray(), codes, names);
            return;
        }

        Write(context, request, path, model, model.Predict(input), names, "reconstruction");
    }

    /// <summary>Makes new inputs.</summary>
    public static void Generate(CommandContext context, PredictionRequest request, string path, IPredictor model, int count, int seed) =>
        Write(context, request, path, model, model.Generate(count, (ulong)seed), new(null, null), "sample");

    private static void Write(
        CommandContext context, PredictionRequest request, string path, IPredictor model, double[,] numbers, RowNames names, string word)
    {
        if (model.Columns.Count == 0 && model.Shape.Input.Count == 3)
        {
            WritePictures(context, request, path, model, numbers, names, word);
            return;
        }

        var columns = ColumnsOf(model);
        PredictionOutput.Write(
            context,
            request.OutputFile,
            Enumerable.Range(0, numbers.GetLength(0))
                .Select(row => (IReadOnlyList<string>)[.. Values(model, columns, numbers, row).Select(Text), .. names.Of(row)])
                .Prepend([.. columns, .. names.Header]),
            numbers.GetLength(0),
            () => new ReconstructionDocument(
                path,
                columns,
                [.. Enumerable.Range(0, numbers.GetLength(0)).Select(row => Values(model, columns, numbers, row).ToArray())],
                names.Json),
            CliJsonContext.Default.ReconstructionDocument);
    }

    private static void WritePictures(
        CommandContext context, PredictionRequest request, string path, IPredictor model, double[,] pixels, RowNames names, string word)
    {
        var folder = request.OutputFile ?? throw new CliException(
            ExitCodes.WrongUsage,
            "The model answers with images, so --output must name a folder for them.",
            "for example: -o images",
            CommandCodes.WrongUsage);
        string[] sources = names.Images is null
            ? [.. Enumerable.Range(0, pixels.GetLength(0)).Select(i => string.Create(CultureInfo.InvariantCulture, $"{word}-{i:D4}"))]
            : [.. names.Images];
        var pictures = new PictureFolder(context.FullPath(folder), sources);
        var written = new List<PictureJson>();
        for (var i = 0; i < sources.Length; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var number = i;
            written.Add(new(
                sources[i], pictures.Write(i, stream => PictureFile.WritePng(stream, PredictionOutput.Row(pixels, number), model.Shape))));
        }

        PredictionOutput.TellPictures(
            context,
            folder,
            written.Select(picture => (IReadOnlyList<string>)[picture.Image, picture.File]).Prepend(["image", word]),
            Format.Count(written.Count, "image"),
            new PicturesDocument(path, written),
            CliJsonContext.Default.PicturesDocument);
    }

    // The steps of a window stand side by side: height[-11], …, height[0] is the last.
    private static string[] ColumnsOf(IPredictor model) => model.Preprocessing is SeriesPreprocessing series
        ? [.. Enumerable.Range(0, series.Window).SelectMany(
            step => series.Columns.Select(column => string.Create(CultureInfo.InvariantCulture, $"{column}[{step - series.Window + 1}]")))]
        : [.. model.Columns];

    private static IEnumerable<ParameterValue> Values(IPredictor model, string[] columns, double[,] numbers, int row) =>
        columns.Select((column, k) =>
            model.Preprocessing is TablePreprocessing { Categories: { } categories } && categories.TryGetValue(column, out var texts)
                ? ParameterValue.Text(numbers[row, k] < 0 ? "" : texts[(int)numbers[row, k]])
                : (model.Preprocessing as TablePreprocessing)?.DateOf(column, numbers[row, k]) is { } date ? ParameterValue.Text(date)
                : ParameterValue.Real(numbers[row, k]));

    // A reconstruction is in the units of the data: categories are their texts, and days are dates.
    private static string Text(ParameterValue value) => value.TryGetText(out var text) ? text
        : value.TryGetNumber(out var number) ? PredictionOutput.Exact(number)
        : value.ToString();
}
