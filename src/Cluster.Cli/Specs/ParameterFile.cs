using System.Text.Json.Nodes;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Insight.Wording;
using SearchCluster.Models.Data.Files;
using SearchCluster.Specs;

namespace SearchCluster.Cli.Specs;

/// <summary>Reads configurations that <c>best -o</c> wrote, or that a person wrote like them, so that a search tries them first.</summary>
internal static class ParameterFile
{
    private const int Longest = 256 * 1024;
    private const string Help = "give a file that `searchcluster best SEARCH -o params.json` wrote, or a JSON object of names and values";

    /// <summary>The override that puts the configurations of some files before those of the spec; null without files.</summary>
    /// <exception cref="CliException">A file cannot be read, or holds no configuration.</exception>
    public static string? Read(CommandContext context, IReadOnlyList<string> paths)
    {
        var points = new JsonArray();
        foreach (var path in paths)
        {
            foreach (var point in Points(path, Content(path, context.FullPath(path))))
            {
                points.Add(point.DeepClone());
            }
        }

        return points.Count == 0 ? null : points.ToJsonString();
    }

    /// <summary>Puts what the files hold that a spec names in <c>enqueue</c> in their places; they lie beside
    /// the spec, or in the current folder; those of the command line (<c>--set enqueue=best.json</c>) the other way round.</summary>
    /// <param name="input">The spec.</param>
    /// <param name="folders">Where to look, the nearest first.</param>
    /// <exception cref="CliException">A file cannot be read, or holds no configuration.</exception>
    public static SpecInput Fill(SpecInput input, IReadOnlyList<string> folders)
    {
        var files = SpecReader.EnqueuedFiles(input.Content, input.FileName, input.Overrides);
        if (files.Count == 0)
        {
            return input;
        }

        var overrides = new SortedDictionary<string, string>(new Dictionary<string, string>(input.Overrides), StringComparer.Ordinal);
        foreach (var file in files)
        {
            var places = (input.Overrides.ContainsKey("enqueue") ? folders.Reverse() : folders)
                .Select(folder => Path.GetFullPath(file, folder))
                .ToList();
            var place = places.Find(Path.Exists) ?? places[0];
            overrides[SpecReader.EnqueuePathOf(file)] = new JsonArray(
                [.. Points(file, Content(file, place)).Select(point => point.DeepClone())]).ToJsonString();
        }

        return input with { Overrides = new(overrides) };
    }

    private static byte[] Content(string path, string full)
    {
        try
        {
            if (RegularFile.Obstacle(full) is { } kind)
            {
                throw new CliException(
                    ExitCodes.InvalidInput,
                    $"{SafeText.Of(path)} is {kind}, but a regular file with parameters is read here.",
                    Help,
                    CommandCodes.NoParameters);
            }

            var file = new FileInfo(full);
            if (!file.Exists)
            {
                throw new CliException(ExitCodes.NotFound, $"{SafeText.Of(path)} is not there.", Help, CommandCodes.NoParameters);
            }

            return file.Length > Longest
                ? throw new CliException(
                    ExitCodes.InvalidInput,
                    $"{SafeText.Of(path)} has {Format.Mebibytes(file.Length)}, but parameters need at most {Format.Mebibytes(Longest)}.",
                    Help,
                    CommandCodes.NoParameters)
                : File.ReadAllBytes(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(
                ExitCodes.NotFound,
                $"{SafeText.Of(path)} cannot be read: {SafeText.Of(exception.Message)}",
                Help,
                CommandCodes.NoParameters);
        }
    }

    private static IEnumerable<JsonObject> Points(string path, byte[] json)
    {
        if (JsonFault.Find(json) is { } fault)
        {
            throw new CliException(
                ExitCodes.InvalidInput,
                $"{SafeText.Of(path)} holds no parameters that can be read; {fault.Sentence}",
                $"{fault.Help}; or {Help}",
                CommandCodes.NoParameters);
        }

        var root = JsonNode.Parse(json.AsSpan().StartsWith("\uFEFF"u8) ? json.AsSpan(3) : json);
        var points = (root is JsonArray list ? [.. list] : new[] { root })
            .Select(point => (point as JsonObject)?["parameters"] as JsonObject ?? point as JsonObject)
            .ToList();
        return points.Count > 0 && points.TrueForAll(point => point is { Count: > 0 })
            ? points.OfType<JsonObject>()
            : throw new CliException(
                ExitCodes.InvalidInput, $"{SafeText.Of(path)} holds no parameters.", Help, CommandCodes.NoParameters);
    }
}
