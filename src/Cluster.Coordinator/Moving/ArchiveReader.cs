using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SearchCluster.Contracts;
using SearchCluster.Hosting.Wire;
using SearchCluster.Search.State;
using SearchCluster.Search.State.Evolution;

namespace SearchCluster.Coordinator.Moving;

/// <summary>An event of a file of exported searches.</summary>
/// <param name="Search">Whose.</param>
/// <param name="Event">As it was decided.</param>
internal sealed record ArchivedEvent(SearchId Search, ISearchEvent Event);

/// <summary>Reads a file of exported searches. Only one that was checked as a whole is written anywhere.</summary>
/// <param name="path">The file.</param>
internal sealed class ArchiveReader(string path)
{
    private const int LongestLine = 64 << 20;

    /// <summary>Reads every line and applies every event.</summary>
    /// <returns>How many events each search has, in the order of the file.</returns>
    /// <exception cref="ArchiveException">It is no such file, or not all of it.</exception>
    public IReadOnlyList<(SearchId Search, long Events)> Check()
    {
        var searches = new List<(SearchId Search, long Events)>();
        SearchState? state = null;
        foreach (var (line, archived) in Lines())
        {
            if (searches.Count == 0 || searches[^1].Search != archived.Search)
            {
                if (searches.Exists(known => known.Search == archived.Search))
                {
                    throw Damaged(line, $"search '{archived.Search}' begins a second time");
                }

                state = null;
                searches.Add((archived.Search, 0));
            }

            try
            {
                state = SearchEvolver.Apply(state, archived.Event);
            }
            catch (Exception misfit) when (misfit is not OutOfMemoryException)
            {
                throw Damaged(line, $"the event does not follow from those before it ({misfit.Message.TrimEnd('.')})");
            }

            searches[^1] = (archived.Search, searches[^1].Events + 1);
        }

        return searches;
    }

    /// <summary>Reads the events of one search, after <see cref="Check"/>.</summary>
    /// <param name="search">Whose.</param>
    public IEnumerable<ISearchEvent> Events(SearchId search) =>
        Lines().Select(line => line.Archived).Where(archived => archived.Search == search).Select(archived => archived.Event);

    private IEnumerable<(int Line, ArchivedEvent Archived)> Lines()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = Open();
        var (number, events, isComplete) = (0, 0L, false);
        var numbers = new Dictionary<SearchId, long>();
        foreach (var line in SplitLines(file))
        {
            number++;
            if (isComplete)
            {
                throw Damaged(number, "it goes on behind its end");
            }

            if (number == 1)
            {
                CheckHead(line);
            }
            else if (line.AsSpan().StartsWith("{\"events\":"u8))
            {
                CheckEnd(line, number, events, Convert.ToHexStringLower(hash.GetCurrentHash()));
                isComplete = true;
            }
            else
            {
                var archived = Read(line, number, numbers);
                events++;
                yield return (number, archived);
            }

            hash.AppendData(line);
            hash.AppendData("\n"u8);
        }

        if (!isComplete)
        {
            throw Damaged(number, "the end is missing: it was not written or copied whole");
        }
    }

    private static IEnumerable<byte[]> SplitLines(Stream file)
    {
        var buffer = new byte[1 << 16];
        var (start, end) = (0, 0);
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                yield return buffer[start..(start + length)];
                start += length + 1;
                continue;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length && buffer.Length < LongestLine)
            {
                Array.Resize(ref buffer, 2 * buffer.Length);
            }

            var read = file.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                if (end > 0)
                {
                    // Without its end of line, or longer than any event: what it is says who reads it.
                    yield return buffer[..end];
                }

                yield break;
            }

            end += read;
        }
    }

    private ArchivedEvent Read(byte[] line, int number, Dictionary<SearchId, long> numbers)
    {
        try
        {
            var read = JsonSerializer.Deserialize(line, ArchiveJsonContext.Default.ArchiveLine)
                ?? throw new JsonException("The line is null.");
            var expected = numbers[read.Search] = numbers.GetValueOrDefault(read.Search) + 1;
            if (read.Number != expected)
            {
                throw Damaged(number, $"event {expected} of search '{read.Search}' should be here, not event {read.Number}");
            }

            return ContractCodec.Read(Encoding.UTF8.GetBytes(read.Event.GetRawText()), read.Manifest) is ISearchEvent found
                && found.SearchId == read.Search
                    ? new(read.Search, found)
                    : throw Damaged(number, $"it is no event of search '{read.Search}'");
        }
        catch (Exception misfit) when (misfit is JsonException or UnknownContractException or InvalidDataException)
        {
            throw Damaged(number, $"it is no event that this release knows ({misfit.Message.TrimEnd('.')})");
        }
    }

    private void CheckHead(byte[] line)
    {
        ArchiveHead? head = null;
        try
        {
            head = JsonSerializer.Deserialize(line, ArchiveJsonContext.Default.ArchiveHead);
        }
        catch (JsonException)
        {
        }

        if (head?.Format != ArchiveFormat.Name)
        {
            throw new ArchiveException(
                ArchiveFault.File, $"{SafeText.Of(path)} is no file that searchcluster journal export wrote. Give the path of one.");
        }

        if (head.Version > ArchiveFormat.Version)
        {
            throw new ArchiveException(
                ArchiveFault.File,
                $"{SafeText.Of(path)} has version {head.Version} of the format; release {ProductVersion.Current} reads up to version "
                    + $"{ArchiveFormat.Version}. Import it with release {SafeText.Of(head.Release)} or later.");
        }
    }

    private void CheckEnd(byte[] line, int number, long events, string hash)
    {
        ArchiveEnd? end = null;
        try
        {
            end = JsonSerializer.Deserialize(line, ArchiveJsonContext.Default.ArchiveEnd);
        }
        catch (JsonException)
        {
        }

        if (end is null || end.Events != events || end.Sha256 != hash)
        {
            throw Damaged(number, end is null
                ? "its end cannot be read"
                : $"its content was changed: {events} events with hash {hash}, where its end says {end.Events} with "
                    + SafeText.Of(end.Sha256));
        }
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException(ArchiveFault.File, $"{SafeText.Of(path)} cannot be read: {refused.Message}", refused);
        }
    }

    private ArchiveException Damaged(int line, string why) => new(
        ArchiveFault.File, $"{SafeText.Of(path)}:{line}: {SafeText.Of(why)}. Nothing was imported; export it again, or copy it again.");
}
