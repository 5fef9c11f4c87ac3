using System.Text.Json;
using System.Text.Json.Serialization;
using SearchCluster.Artifacts;

namespace SearchCluster.Models.Ensembles;

/// <summary>The file <c>ensemble.json</c>: what the ensemble is made of, what it expects and how well it does.</summary>
/// <param name="Format">Version of this file, 1.</param>
/// <param name="Search">Name of the search.</param>
/// <param name="Combine">How outputs are combined.</param>
/// <param name="Columns">Columns a row must have, in order.</param>
/// <param name="ClassLabels">Classes in the order of the probabilities.</param>
/// <param name="Members">Best first.</param>
/// <param name="Metrics">Metrics of the ensemble.</param>
/// <param name="BestSingle">The same metrics of the first member alone.</param>
/// <param name="Card">For people: what it is, how it was made, what to keep in mind.</param>
/// <param name="Type">How it was made; null in files of early releases, which are of type <c>top-k</c>.</param>
/// <param name="Gains">By how much it is better than the best single trial on the test part.</param>
public sealed record EnsembleManifest(
    int Format,
    string Search,
    EnsembleCombination Combine,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> ClassLabels,
    IReadOnlyList<EnsembleManifestMember> Members,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyDictionary<string, double> BestSingle,
    string Card,
    string? Type = null,
    IReadOnlyDictionary<string, Gain>? Gains = null)
{
    /// <summary>How it was made.</summary>
    [JsonIgnore]
    public string Method => Type ?? "top-k";

    /// <summary>The format that this release writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Name of the file in the ensemble's folder.</summary>
    public const string FileName = "ensemble.json";

    private const int MaximumBytes = 4 << 20;
    private const int MaximumMembers = 100;

    /// <summary>Reads the description of an ensemble; needs no libtorch.</summary>
    /// <param name="folder">Its folder.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ArtifactException">There is none, or it is damaged.</exception>
    public static EnsembleManifest Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            using var stream = new FileStream(Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (stream.Length > MaximumBytes)
            {
                throw new ArtifactException(ModelCodes.TooLarge, $"{FileName} has {stream.Length} bytes, more than {MaximumBytes}.");
            }

            var manifest = JsonSerializer.Deserialize(stream, EnsembleJsonContext.Default.EnsembleManifest);
            return manifest is { Format: CurrentFormat, Members.Count: > 0 and <= MaximumMembers, Metrics: not null, BestSingle: not null } && manifest.Members.All(member => member is { File: not null, Trial: >= 0 })
                ? manifest
                : throw new ArtifactException(ModelCodes.OtherVersion, $"{FileName} has format {manifest?.Format} and {manifest?.Members?.Count} members, but this release reads format {CurrentFormat} with 1 to {MaximumMembers} members.");
        }
        catch (JsonException malformed)
        {
            throw new ArtifactException(ModelCodes.Malformed, $"{FileName} is not the description of an ensemble: {malformed.Message}", malformed);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new ArtifactException(ModelCodes.CannotOpen, $"'{DisplayText.Shorten(folder)}' is no ensemble: {missing.Message}", missing);
        }
    }
}

/// <summary>One member.</summary>
/// <param name="Trial">Number of the trial.</param>
/// <param name="File">Model file beside the manifest.</param>
/// <param name="Objective">The trial's objective value.</param>
/// <param name="Weight">Its share in the vote; null when all are equal.</param>
public sealed record EnsembleManifestMember(int Trial, string File, double Objective, double? Weight = null);
