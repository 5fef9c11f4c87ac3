using System.Collections.Concurrent;
using SearchCluster.Models.Data.Registry;

namespace SearchCluster.Models.Data;

/// <summary>Keeps the trials of a search on the same data: what an attempt reads is compared with what the trials before it read.</summary>
internal static class KnownData
{
    private static readonly ConcurrentDictionary<(string Source, FileStamp Stamp), DataIdentity> Hashed = new();

    /// <summary>Compares data with those of the search.</summary>
    /// <param name="plan">What the search's trials learned from so far.</param>
    /// <param name="read">What was read now; null where nobody can tell.</param>
    /// <exception cref="DataException">SC3311: they are others.</exception>
    public static void Require(TrialPlan plan, DataIdentity? read)
    {
        if (plan is { KnownData: { } known, Data: { } data } && read is not null && !read.IsSameAs(known))
        {
            throw new DataException(DataCodes.OtherData, read.DescribeChange(data.Source, known));
        }
    }

    /// <summary>What a file or folder holds that a workload of a user's own reads by itself; hashed once for
    /// each process while its sizes and times stay.</summary>
    /// <param name="data">The data, resolved; null for none.</param>
    /// <returns>Null where nothing is there, or what is there cannot be read: that is for the workload to tell.</returns>
    public static DataIdentity? Of(DataSpec? data)
    {
        if (data is null || SpecVocabulary.ShippedDataSets.Contains(data.Source) || !Path.Exists(data.Source))
        {
            return null;
        }

        try
        {
            var (source, stamp) = (Path.GetFullPath(data.Source), FileStamp.Of(data.Source));
            return Hashed.GetOrAdd((source, stamp), _ =>
            {
                var manifest = ManifestReading.Read(source, null, CancellationToken.None);
                return new(
                    manifest.HashOf(Directory.Exists(source)),
                    manifest.Bytes,
                    manifest.Files.Count,
                    null,
                    new DateTimeOffset(stamp.WrittenAt, TimeSpan.Zero));
            });
        }
        catch (DataException unreadable) when (unreadable.Code != DataCodes.Changing)
        {
            return null;
        }
    }
}
