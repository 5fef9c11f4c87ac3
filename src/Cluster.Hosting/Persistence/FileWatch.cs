using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Persistence;

/// <summary>Remembers which file the journal is, and notices when its name leads to another file or to none.</summary>
/// <param name="path">The journal's file.</param>
internal sealed class FileWatch(string path)
{
    private FileIdentity? _identity;

    /// <summary>Looks; the first look remembers.</summary>
    /// <exception cref="JournalUnavailableException">It is not the same file.</exception>
    public void ThrowIfGone()
    {
        var now = FileIdentity.Of(path);
        if (now is null || (Interlocked.CompareExchange(ref _identity, now, null) is { } known && known != now))
        {
            throw new JournalUnavailableException(StorageTrouble.Gone, StorageText.Sentence(StorageTrouble.Gone, $"The journal {path}"));
        }
    }
}
