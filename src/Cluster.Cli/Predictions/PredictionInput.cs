using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Specs;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Ensembles.Predictors;

namespace SearchCluster.Cli.Predictions;

/// <summary>What an input is, by its name.</summary>
internal static class PredictionInput
{
    private static readonly string[] TableEndings = [".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"];

    /// <summary>True for a table: standard input, or a file whose name ends like one.</summary>
    public static bool IsTable(CommandContext context, string input) =>
        input == SpecInput.StandardInput || TableEndings.Any(ending => input.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) || (!input.Contains('.', StringComparison.Ordinal) && !Directory.Exists(context.FullPath(input)));

    /// <summary>Refuses what is no regular file before it is opened: a named pipe may never end.</summary>
    /// <exception cref="CliException">It is a folder, a named pipe, a device or a socket.</exception>
    public static void RequireFile(CommandContext context, string input)
    {
        if (RegularFile.Obstacle(context.FullPath(input)) is { } kind)
        {
            throw new CliException(
                ExitCodes.InvalidInput, $"{SafeText.Of(input)} is {kind}, but a regular file is expected here.", kind == "a folder" ? "name a file in it" : "give a file, or - to read standard input: command | searchcluster …", DataCodes.NoRegularFile);
        }
    }

    /// <summary>Tells what was left out when images were read.</summary>
    public static void Tell(CommandContext context, ImageRows? images)
    {
        foreach (var note in images?.Notes ?? [])
        {
            context.Output.Warn(note);
        }
    }

    /// <summary>True where the input is read as images: pictures, or a table with the pixels in one column for a model of pictures.</summary>
    public static bool HoldsImages(CommandContext context, PredictionRequest request, IPredictor model) =>
        !IsTable(context, request.Input) || (model.Columns.Count == 0 && model.Shape.Input.Count == 3 && request.Input.EndsWith(".csv", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a table or images.</summary>
    /// <returns>The input, and the names of the files where images are some.</returns>
    public static async Task<(PredictorInput Input, ValueArray<string>? Names)> ReadAsync(CommandContext context, PredictionRequest request, IPredictor model)
    {
        if (!HoldsImages(context, request, model))
        {
            return (new PredictorInput.Table(await PredictionRun.ReadAsync(context, request.Input, model)), null);
        }

        var images = ImageRows.Read(context.FullPath(request.Input), model.Shape, request.Fit);
        Tell(context, images);
        return (new PredictorInput.Images(images), images.AreFiles ? images.Names : null);
    }
}
