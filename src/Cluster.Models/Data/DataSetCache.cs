using static TorchSharp.torch;

namespace SearchCluster.Models.Data;

/// <summary>Loads each data set once per process and device and shares it among all trials; thread-safe.</summary>
/// <remarks>The data sets of the last few searches are kept; the memory of a dropped one is freed when no trial uses it any more.</remarks>
public sealed class DataSetCache
{
    private const int Capacity = 4;

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    /// <summary>The cache of this process.</summary>
    public static DataSetCache Shared { get; } = new();

    /// <summary>Gets a data set, loading it at the first call; callers that come meanwhile wait for it.</summary>
    /// <param name="spec">What and how to split.</param>
    /// <param name="searchSeed">Master seed of the search.</param>
    /// <param name="device">Where its tensors lie.</param>
    /// <exception cref="DataException">The data cannot be used as asked.</exception>
    public DataSet Get(DataSpec spec, ulong searchSeed, Device device)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(device);

        // Of folds the rows are kept as they were read, and each fold is made when it is asked for: all of them
        // together would take that many times the memory.
        var isFold = spec.Split.Fold is not null;
        var key = new Key(
            isFold ? spec with { Split = spec.Split with { Fold = null } } : spec, searchSeed, device.ToString(), SampleReader.Stamp(spec));
        var entry = Find(key, device);
        try
        {
            return isFold
                ? DataSet.Create(entry.Read.Value, spec.Split, searchSeed, device, spec.Storage ?? DataStorage.Memory)
                : entry.Loaded.Value;
        }
        catch
        {
            // A failure is not remembered: the file may be there at the next try.
            lock (_gate)
            {
                _entries.Remove(entry);
            }

            throw;
        }
    }

    private Entry Find(Key key, Device device)
    {
        lock (_gate)
        {
            var found = _entries.Find(entry => entry.Key == key);
            if (found is not null)
            {
                _entries.Remove(found);
            }
            else
            {
                var read = new Lazy<Samples>(() => SampleReader.Read(key.Spec, key.SearchSeed));
                found = new(
                    key,
                    read,
                    new(() => DataSet.Create(key.Spec.Split.Folds is null
                        ? SampleReader.Read(key.Spec, key.SearchSeed)
                        : read.Value, key.Spec.Split, key.SearchSeed, device, key.Spec.Storage ?? DataStorage.Memory)));
            }

            _entries.Add(found);
            if (_entries.Count > Capacity)
            {
                _entries.RemoveAt(0);
            }

            return found;
        }
    }

    private sealed record Key(DataSpec Spec, ulong SearchSeed, string Device, FileStamp? Stamp);

    // What was read is kept for folds only.
    private sealed record Entry(Key Key, Lazy<Samples> Read, Lazy<DataSet> Loaded);
}
