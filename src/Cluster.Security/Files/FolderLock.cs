using SearchCluster.Contracts.Storage;

namespace SearchCluster.Security.Files;

/// <summary>The right to change the files of a folder, for a moment; of several processes and threads one has it.</summary>
/// <remarks>The operating system's lock on an open file, which ends with the process however that dies. It is held while small files
/// are read and written, so whoever waits looks again in short steps.</remarks>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "lock";

    // A minute in all: on a busy machine many may stand in line, each with a write to the disk.
    private const int MostTries = 6_000;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(10);

    // Never set: waiting for it is a pause of its length.
    private static readonly ManualResetEvent Pause = new(initialState: false);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Waits for the right and takes it.</summary>
    /// <param name="folder">It is there.</param>
    /// <param name="code">Of the refusal.</param>
    /// <returns>Dispose it to let go.</returns>
    /// <exception cref="TrustException">The lock cannot be opened, or another process keeps it.</exception>
    public static FolderLock Take(string folder, string code)
    {
        var path = Path.Combine(folder, FileName);
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (Exception refused) when (refused is UnauthorizedAccessException or DirectoryNotFoundException
                || StorageTroubles.Of(refused) is not null)
            {
                throw SecurityFile.Unwritable(path, code, refused);
            }
            catch (IOException) when (tries < MostTries)
            {
                Pause.WaitOne(BetweenTries);
            }
            catch (IOException refused)
            {
                throw new TrustException(
                    code,
                    $"{path} is held by another process for more than a minute, but it is needed for moments only. End the process that "
                        + "hangs, then try again.",
                    refused);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
