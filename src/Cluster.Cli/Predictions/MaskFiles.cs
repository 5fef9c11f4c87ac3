using SearchCluster.Cli.Application;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Output;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Ensembles;

namespace SearchCluster.Cli.Predictions;

/// <summary>Writes the masks of images as PNG files in the colours of the training targets, and says how much of each image a class takes.</summary>
internal static class MaskFiles
{
    public static void Write(CommandContext context, PredictionRequest request, string path, IPredictor model)
    {
        var folder = request.OutputFile is { } name ? context.FullPath(name) : throw new CliException(
            ExitCodes.WrongUsage, "The model gives each pixel a class, so --output must name a folder for the masks.", $"searchcluster predict {SafeText.Of(request.Model)} {SafeText.Of(request.Input)} -o masks", "SC0002");
        var images = ImageRows.Read(context.FullPath(request.Input), model.Shape, request.Fit);
        PredictionInput.Tell(context, images);
        var written = new List<MaskJson>();
        var names = FileNames(images.Names);
        try
        {
            foreach (var mask in MaskPredictions.Of(model, images, request.Fit))
            {
                context.Cancellation.ThrowIfCancellationRequested();
                var file = Inside(folder, names[written.Count]);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                using (var stream = File.Create(file))
                {
                    mask.WritePng(stream, model.ClassLabels);
                }

                written.Add(new(mask.Name, file, mask.Width, mask.Height, Shares(mask, model.ClassLabels)));
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NotFound, $"The masks cannot be written to {SafeText.Of(folder)}: {SafeText.Of(refused.Message)}", "check the folder and its permissions", "SC1000");
        }

        if (context.Output.IsJson)
        {
            context.Output.WriteJson(new MaskPredictDocument(path, [.. model.ClassLabels], written), CliJsonContext.Default.MaskPredictDocument);
            return;
        }

        context.Output.Data.WriteLine(CsvText.Line(["image", "mask", .. model.ClassLabels]));
        foreach (var mask in written)
        {
            context.Output.Data.WriteLine(CsvText.Line([mask.Image, mask.File, .. mask.Shares.Select(share => share.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture))]));
        }

        context.Output.Note($"{Format.Count(written.Count, "mask")} written to {folder}.");
    }

    // Two images may differ in their ending only: each keeps it then.
    private static string[] FileNames(ValueArray<string> images)
    {
        var stems = images.Select(name => Path.ChangeExtension(name, null)).ToList();
        var twice = stems.GroupBy(stem => stem, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. stems.Select((stem, i) => (twice.Contains(stem) ? images[i] : stem) + ".png")];
    }

    // The names of an archive are its maker's.
    private static string Inside(string folder, string name)
    {
        var file = Path.GetFullPath(Path.Combine(folder, name));
        return file.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? file
            : throw new CliException(ExitCodes.InvalidInput, $"The image {SafeText.Of(name)} has a name that leads out of the folder for the masks.", "rename it in the archive", "SC3122");
    }

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
