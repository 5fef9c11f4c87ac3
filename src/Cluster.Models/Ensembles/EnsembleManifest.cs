using System.Text.Json;
using System.Text.Json.Serialization;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Ensembles;
using SearchCluster.Models.ModelFiles;

namespace SearchCluster.Models.Ensembles;

/// <summary>The file <c>ensemble.json</c>: what the ensemble is made of, what it expects and how well it does.</summary>
public sealed record EnsembleManifest
{
    /// <summary>Version of this file, 1.</summary>
    public required int Format { get; init; }

    /// <summary>Name of the search.</summary>
    public required string Search { get; init; }

    /// <summary>How outputs are combined.</summary>
    public required EnsembleCombination Combine { get; init; }

    /// <summary>Columns a row must have, in order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Classes in the order of the probabilities.</summary>
    public required IReadOnlyList<string> ClassLabels { get; init; }

    /// <summary>Best first.</summary>
    public required IReadOnlyList<EnsembleManifestMember> Members { get; init; }

    /// <summary>Metrics of the ensemble.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>The same metrics of the first member alone.</summary>
    public required IReadOnlyDictionary<string, double> BestSingle { get; init; }

    /// <summary>For people: what it is, how it was made, what to keep in mind.</summary>
    public required string Card { get; init; }

    /// <summary>How it was made; null in files of early releases, which are of type <c>top-k</c>.</summary>
    public string? Type { get; init; }

    /// <summary>By how much it is better than the best single trial on the test part.</summary>
    public IReadOnlyDictionary<string, Gain>? Gains { get; init; }

    /// <summary>Rows of the test part; null without one, and in files of earlier releases.</summary>
    public int? TestRows { get; init; }

    /// <summary>How it was made.</summary>
    [JsonIgnore]
    public string Method => Type ?? EnsembleMethods.TopK.Name;

    /// <summary>What helps where a member is missing or damaged, as a clause.</summary>
    [JsonIgnore]
    public string Remedy => $"copy the file anew, or build the ensemble again with: searchcluster ensemble build "
        + $"{DisplayText.Shorten(Search)}";

    /// <summary>The format that this release writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Name of the file in the ensemble's folder.</summary>
    public const string FileName = "ensemble.json";

    private const int MaximumBytes = 4 << 20;
    private const int MaximumMembers = 100;

    /// <summary>Reads the description of an ensemble; needs no libtorch.</summary>
    /// <returns>The description.</returns>
    /// <exception cref="ArtifactException">There is none, or it is damaged.</exception>
    public static EnsembleManifest Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            using var stream = new FileStream(
                Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (stream.Length > MaximumBytes)
            {
                throw new ArtifactException(ModelCodes.TooLarge, $"{FileName} has {stream.Length} bytes, more than {MaximumBytes}.");
            }

            var json = new byte[stream.Length];
            stream.ReadExactly(json);
            if (JsonFault.Find(json) is { } fault)
            {
                throw new JsonException(fault.Sentence);
            }

            using var document = JsonDocument.Parse(json.AsMemory(json.Length - JsonFault.WithoutMark(json).Length));

            // Another format may have other members, so it is told by its number before any member is missed.
            if (FormatOf(document.RootElement) is { } format && format != CurrentFormat)
            {
                throw new ArtifactException(
                    ModelCodes.OtherVersion, $"{FileName} has format {format}, but this release reads format {CurrentFormat}.");
            }

            JsonSeal.Check(document.RootElement, FileName);
            var manifest = JsonMisfit.Read(json, EnsembleJsonContext.Default.EnsembleManifest, FileName, isStrict: true)!;
            return manifest.Members.Count is > 0 and <= MaximumMembers && manifest.Members.All(member => member.Trial >= 0)
                ? manifest
                : throw new ArtifactException(
                    ModelCodes.OtherVersion,
                    $"{FileName} has {manifest.Members.Count} members, but must have 1 to {MaximumMembers}, each with file and trial.");
        }
        catch (JsonException malformed)
        {
            throw new ArtifactException(
                ModelCodes.Malformed, $"{FileName} is not the description of an ensemble: {malformed.Message}", malformed);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ArtifactException(
                ModelCodes.CannotOpen,
                $"'{DisplayText.ShortenPath(folder)}' is no ensemble: "
                    + $"{(File.Exists(folder) ? "it is a file" : Directory.Exists(folder) ? $"it holds no {FileName}" : "it is not there")}"
                    + $", and an ensemble is a folder with {FileName} and the models of its members.",
                missing);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new ArtifactException(
                ModelCodes.CannotOpen, $"'{DisplayText.ShortenPath(folder)}' is no ensemble: {missing.Message}", missing);
        }
    }

    private static int? FormatOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format", out var member)
        && member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var format) ? format : null;
}

/// <summary>One member.</summary>
/// <param name="Trial">Number of the trial.</param>
/// <param name="File">Model file beside the manifest.</param>
/// <param name="Objective">The trial's objective value.</param>
/// <param name="Weight">Its share in the vote; null when all are equal.</param>
public sealed record EnsembleManifestMember(int Trial, string File, double Objective, double? Weight = null);
