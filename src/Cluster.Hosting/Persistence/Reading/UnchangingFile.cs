using Microsoft.Data.Sqlite;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.Persistence.Reading;

/// <summary>Reads a journal that nobody writes, without any lock, and finds out afterwards whether that was so.</summary>
/// <remarks>
/// A coordinator that starts meanwhile writes to the log first and changes the file itself later. What was read
/// before that is whole: so the answer of each question is kept back until the file was seen unchanged after
/// it, and is asked again otherwise.
/// </remarks>
internal sealed class UnchangingFile : IJournalReader
{
    private const int MostTries = 5;

    private readonly Func<IJournalReader> _open;
    private (DateTime Written, long Size, long Log) _seen;
    private IJournalReader? _reader;

    public UnchangingFile(string file, Func<IJournalReader> open)
    {
        (Place, _open, _seen) = (file, open, Look(file));
        Whole(reader => reader.Place);
    }

    public string Place { get; }

    public IReadOnlyList<string> Complaints() => Whole(reader => reader.Complaints());

    public IReadOnlyList<string> PersistenceIds() => Whole(reader => reader.PersistenceIds());

    public IEnumerable<StoredRecord> Events(string persistenceId, long after) =>
        Whole(reader => reader.Events(persistenceId, after).ToList());

    public IEnumerable<StoredRecord> Snapshots(string persistenceId) => Whole(reader => reader.Snapshots(persistenceId).ToList());

    public void Dispose() => _reader?.Dispose();

    private T Whole<T>(Func<IJournalReader, T> read)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var answer = read(_reader ??= _open());
                if (Look(Place) == _seen)
                {
                    return answer;
                }
            }
            catch (SqliteException) when (Look(Place) != _seen)
            {
                // Half of the pages were old and half new: ask again.
            }

            if (tries == MostTries)
            {
                throw new JournalUnavailableException(
                    StorageTrouble.Locked,
                    $"The journal {Place} changes while it is read. A coordinator is starting or ending; try again.");
            }

            _reader?.Dispose();
            _reader = null;
            _seen = Look(Place);
        }
    }

    private static (DateTime Written, long Size, long Log) Look(string file) =>
        (File.GetLastWriteTimeUtc(file), SqliteFile.Size(file), SqliteFile.Size(SqliteFile.Log(file)));
}
