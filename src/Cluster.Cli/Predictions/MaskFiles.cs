using System.Globalization;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Insight.Wording;
using SearchCluster.Models.Ensembles.Predictors;

namespace SearchCluster.Cli.Predictions;

/// <summary>Writes the masks of images as PNG files in the form of the training targets, and says how much
/// of each image a class takes.</summary>
internal static class MaskFiles
{
    public static async Task WriteAsync(CommandContext context, PredictionRequest request, string path, IPredictor model)
    {
        var folder = request.OutputFile is { } name ? context.FullPath(name) : throw new CliException(
            ExitCodes.WrongUsage,
            "The model gives each pixel a class, so --output must name a folder for the masks.",
            $"searchcluster predict {SafeText.Of(request.Model)} {SafeText.Of(request.Input)} -o masks",
            CommandCodes.WrongUsage);
        var (images, fit) = PredictionInput.Images(
            context, await PredictionInput.OpenAsync(context, request.Input), request, model);
        var written = new List<MaskJson>();
        var pictures = new PictureFolder(folder, images.Names);
        foreach (var mask in MaskPredictions.Of(model, images, fit))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var file = pictures.Write(written.Count, stream => mask.WritePng(stream, model.Shape));
            written.Add(new(mask.Name, file, mask.Width, mask.Height, Shares(mask, model.ClassLabels)));
        }

        PredictionOutput.TellPictures(
            context,
            folder,
            written.Select(mask => (IReadOnlyList<string>)[mask.Image, mask.File, .. mask.Shares.Select(Share)])
                .Prepend(["image", "mask", .. model.ClassLabels]),
            Format.Count(written.Count, "mask"),
            new MaskPredictDocument(path, [.. model.ClassLabels], written),
            CliJsonContext.Default.MaskPredictDocument);
    }

    private static string Share(double share) => share.ToString("0.0000", CultureInfo.InvariantCulture);

    private static double[] Shares(ImageMask mask, ValueArray<string> classes)
    {
        var counts = new double[classes.Count];
        foreach (var k in mask.Classes)
        {
            counts[k]++;
        }

        return Array.ConvertAll(counts, count => count / mask.Classes.Count);
    }
}
