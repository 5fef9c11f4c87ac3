using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SearchCluster.Artifacts.S3;

/// <summary>What one object says of a trial, or of what belongs to no trial: who may write, and which content has which name.</summary>
/// <remarks>Fence and names change in one step, because one conditional write replaces the whole object: a frozen writer that wakes after a
/// later attempt began meets another version of it.</remarks>
internal sealed class ItemRecord
{
    /// <summary>Format of the object.</summary>
    public const int CurrentVersion = 1;

    private const string Members = "member-";

    /// <summary>Format that wrote it.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The highest fence of each item that has begun.</summary>
    public SortedDictionary<string, long> Fences { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Content by the artifact's whole path.</summary>
    public SortedDictionary<string, NamedBlob> Names { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Where the record of a path lies below the store's prefix.</summary>
    /// <param name="path">A path that was checked.</param>
    /// <returns>The key, and the search.</returns>
    /// <exception cref="ArtifactException">It is no path of a search.</exception>
    public static string KeyOf(string path)
    {
        var names = path.Split('/');
        if (names.Length < 3 || names[0] != ArtifactPaths.Root || !SearchId.IsValid(names[1]))
        {
            ArtifactPath.Check("");
        }

        return names.Length > 4 && names[2] == "trials" ? KeyOf(new SearchId(names[1]), names[3]) : KeyOf(new SearchId(names[1]), "search");
    }

    /// <summary>Where the record of what is leased lies below the store's prefix.</summary>
    public static string KeyOf(LeaseKey lease) => lease.Item.TrialId is { } trial
        ? KeyOf(lease.SearchId, trial.Number.ToString("D4", CultureInfo.InvariantCulture))
        : KeyOf(lease.SearchId, "search");

    /// <summary>What the records of a search begin with.</summary>
    public static string NamesOf(SearchId search) => ArtifactPaths.Search(search) + "/names/";

    /// <summary>What the content of a search begins with.</summary>
    public static string BlobsOf(SearchId search) => ArtifactPaths.Search(search) + "/blobs/";

    /// <summary>Tells whether an attempt may write.</summary>
    public bool IsHeldBy(LeaseKey lease) => Fences.TryGetValue(lease.Item.ToString(), out var fence) && fence == lease.Fence;

    /// <summary>Makes an attempt the only one that writes.</summary>
    /// <returns>Null when a later one has begun; else whether anything changed.</returns>
    public bool? Begin(LeaseKey lease)
    {
        // An ensemble trains what members are missing, so whoever trained them before must be over.
        var item = lease.Item.ToString();
        List<string> taken =
            [item, .. lease.Item == WorkItem.Ensemble ? Fences.Keys.Where(key => key.StartsWith(Members, StringComparison.Ordinal)) : []];
        if (taken.Exists(key => Fences.TryGetValue(key, out var fence) && fence > lease.Fence))
        {
            return null;
        }

        var changed = taken.Where(key => !Fences.TryGetValue(key, out var fence) || fence != lease.Fence).ToList();
        changed.ForEach(key => Fences[key] = lease.Fence);
        return changed.Count > 0;
    }

    /// <summary>Reads one.</summary>
    /// <param name="json">The object's content.</param>
    /// <param name="key">Where it lies, for the message.</param>
    /// <exception cref="ArtifactException">SC4107: it is none, or of a later release.</exception>
    public static ItemRecord Read(byte[] json, string key)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, ItemRecordContext.Default.ItemRecord) is { Version: CurrentVersion } record)
            {
                return record;
            }
        }
        catch (JsonException)
        {
            // Told below, as one of another format is.
        }

        throw new ArtifactException(
            ModelCodes.NamesUnreadable,
            $"The object {key} should say which content the artifacts have, but is of another format than this release reads "
                + $"({CurrentVersion}). Use the release that wrote it, or put the object back from a copy.");
    }

    /// <summary>Writes it.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ItemRecordContext.Default.ItemRecord);

    private static string KeyOf(SearchId search, string item) => $"{NamesOf(search)}{item}.json";
}

/// <summary>Content that has a name.</summary>
/// <param name="Blob">Key of its object below the blobs of the search: the hash, and what tells one write from another.</param>
/// <param name="Sha256">Of the content, as lower hexadecimal digits.</param>
/// <param name="Bytes">Length.</param>
internal sealed record NamedBlob(string Blob, string Sha256, long Bytes);

/// <summary>How records are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ItemRecord))]
internal sealed partial class ItemRecordContext : JsonSerializerContext;
