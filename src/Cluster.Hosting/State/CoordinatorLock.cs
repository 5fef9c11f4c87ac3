using System.Globalization;
using System.Text;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.State;

/// <summary>Who holds the lock of a state folder.</summary>
/// <param name="ProcessId">Number of its process on that machine.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Since">When it took the lock.</param>
public sealed record CoordinatorLockHolder(int ProcessId, string Host, DateTimeOffset Since);

/// <summary>The right to write in a state folder; ends with the process, however that dies.</summary>
/// <remarks>
/// The operating system's lock on the open file decides, never the file's existence or content. The content names the holder for
/// messages. The file is not removed: removing a locked file would let two processes lock two files of one name.
/// </remarks>
public sealed class CoordinatorLock : IDisposable
{
    private const int MostTries = 10;

    // Half a minute: on a busy machine whoever looks may have to wait for a core while it does.
    private const int MostTriesBesideLooks = 1_500;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    // Never set: waiting for it is a pause of its length.
    private static readonly ManualResetEvent Pause = new(initialState: false);

    private readonly FileStream _file;

    private CoordinatorLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or tells who has it.</summary>
    /// <param name="state">The folder; created when missing.</param>
    /// <param name="run">Random, of this start of a coordinator: <see cref="IsHeldBy"/> knows the folder by it. Null for who is
    /// none.</param>
    /// <returns>The lock; dispose it to let go.</returns>
    /// <exception cref="StateFolderLockedException">Another process, or another coordinator of this one, holds it.</exception>
    /// <exception cref="StateFolderException">The folder cannot be written.</exception>
    public static CoordinatorLock Acquire(StateFolder state, string? run = null)
    {
        state.Create();
        var file = OpenExclusively(state);
        try
        {
            var holder = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {Environment.MachineName}\n");
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(holder));
            file.Flush(flushToDisk: true);
            StateFile.Require(HolderFile(state));
            File.WriteAllText(HolderFile(state), run is null ? holder : $"{holder}{run}\n");
        }
        catch (StateFolderException)
        {
            file.Dispose();
            throw;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw Unusable($"The state folder {state.Root}", refused);
        }

        return new CoordinatorLock(file);
    }

    /// <summary>Tells whether a coordinator holds the folder now.</summary>
    /// <param name="state">The folder.</param>
    /// <returns>True when <see cref="Acquire"/> would be refused; false also where this user may not see the lock.</returns>
    /// <remarks>Looks with a shared lock, so any number may look at once, and on a read-only file system;
    /// <see cref="Acquire"/> outwaits the looks.</remarks>
    /// <exception cref="StateFolderException">The lock is no regular file.</exception>
    public static bool IsHeld(StateFolder state)
    {
        StateFile.Require(state.LockFile);
        try
        {
            using var file = new FileStream(state.LockFile, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException failure)
        {
            return StorageTroubles.Of(failure) is null;
        }
    }

    /// <summary>Tells whether a certain coordinator holds the folder now: then it is that one's own, and no copy.</summary>
    /// <param name="state">The folder.</param>
    /// <param name="run">What the coordinator took the lock with.</param>
    /// <returns>False also where this user may not see it.</returns>
    /// <exception cref="StateFolderException">The lock is no regular file.</exception>
    public static bool IsHeldBy(StateFolder state, string run) =>
        IsHeld(state) && HolderLines(state) is [_, var written, ..] && written == run;

    /// <summary>Names the holder at the start of a sentence.</summary>
    /// <param name="state">The folder.</param>
    /// <returns>For example <c>The coordinator (process 17 on lab)</c>.</returns>
    public static string Describe(StateFolder state) =>
        ReadHolder(state) is { } holder
            ? string.Create(CultureInfo.InvariantCulture, $"The coordinator (process {holder.ProcessId} on {holder.Host})")
            : "A coordinator";

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static FileStream OpenExclusively(StateFolder state)
    {
        StateFile.Require(state.LockFile);
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(state.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception refused) when (refused is UnauthorizedAccessException || StorageTroubles.Of(refused) is not null)
            {
                throw Unusable($"The lock file {state.LockFile}", refused);
            }
            catch (IOException) when (tries < MostTries || (tries < MostTriesBesideLooks && !IsHeld(state)))
            {
                // Whoever only looks holds a shared lock, in general for some microseconds.
                Pause.WaitOne(BetweenTries);
            }
            catch (IOException)
            {
                var holder = ReadHolder(state);
                var who = holder is null
                    ? "another process"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"process {holder.ProcessId} on {holder.Host}, since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
                throw new StateFolderLockedException(
                    $"The state folder {state.Root} is in use by a coordinator: {who}. Give the search to it (searchcluster submit), stop "
                        + $"it, or choose another folder with --state or {StateFolder.EnvironmentVariable}.",
                    holder);
            }
        }
    }

    private static StateFolderException Unusable(string subject, Exception refused) =>
        new(StorageTroubles.Of(refused) is { } trouble
            ? StorageText.LastWord(trouble, subject)
            : $"{subject} cannot be opened: {refused.Message}", refused);

    // The locked file itself cannot be read by others, so the holder's name lies beside it.
    private static string HolderFile(StateFolder state) => state.LockFile + ".holder";

    private static CoordinatorLockHolder? ReadHolder(StateFolder state) =>
        HolderLines(state) is [var first, ..]
        && first.Trim().Split(' ', 2) is [var number, var host]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? new(pid, host, File.GetLastWriteTimeUtc(HolderFile(state)))
            : null;

    // Who holds the lock, then the run of the coordinator where it is one.
    private static string[] HolderLines(StateFolder state)
    {
        if (!StateFile.CanBeOpened(HolderFile(state)))
        {
            return [];
        }

        try
        {
            return File.ReadAllLines(HolderFile(state));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
