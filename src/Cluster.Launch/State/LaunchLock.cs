using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.State;

namespace SearchCluster.Launch.State;

/// <summary>The right to launch in a state folder; ends with the process, however that dies.</summary>
/// <remarks>The operating system's lock on the open file decides, as for <see cref="CoordinatorLock"/>.</remarks>
public sealed class LaunchLock : IDisposable
{
    private readonly FileStream _file;

    private LaunchLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="state">The folder; created when missing.</param>
    /// <returns>Null where another launcher holds it.</returns>
    /// <exception cref="LaunchException">The folder cannot be written.</exception>
    public static LaunchLock? TryAcquire(StateFolder state)
    {
        state.Create();
        StateFile.Require(PathIn(state));
        try
        {
            return new(new FileStream(PathIn(state), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException || StorageTroubles.Of(refused) is not null)
        {
            throw new LaunchException(
                $"The lock file {PathIn(state)} cannot be opened: {refused.Message} Mend that, or choose another folder with "
                    + $"--state.", refused);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Tells whether a launcher holds the folder now.</summary>
    /// <param name="state">The folder.</param>
    /// <exception cref="StateFolderException">What lies there is no file.</exception>
    public static bool IsHeld(StateFolder state)
    {
        StateFile.Require(PathIn(state));
        try
        {
            using var file = new FileStream(PathIn(state), FileMode.Open, FileAccess.Read, FileShare.Read);
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

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static string PathIn(StateFolder state) => Path.Combine(state.Root, "launch.lock");
}
