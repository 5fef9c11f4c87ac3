using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.State;

/// <summary>Files of the state folder, before they are opened: only regular ones are, and a link must lead to one.</summary>
/// <remarks>Opening a named pipe or reading a device would wait for ever, deaf to Ctrl-C and to a time limit.</remarks>
public static class StateFile
{
    /// <summary>Refuses what cannot be opened as a file.</summary>
    /// <param name="path">The file, which need not exist.</param>
    /// <exception cref="StateFolderException">A folder, a named pipe, a device or a socket is there, or a link to nothing.</exception>
    public static void Require(string path)
    {
        if (Obstacle(path) is { } obstacle)
        {
            throw new StateFolderException(obstacle);
        }
    }

    /// <summary>Tells whether a file can be opened without waiting.</summary>
    /// <param name="path">The file.</param>
    /// <returns>False for named pipes, devices, sockets and links to nothing.</returns>
    public static bool CanBeOpened(string path) => PathKind.Special(path) is null && PathKind.DanglingTarget(path) is null;

    /// <summary>Says what is in the way.</summary>
    /// <param name="path">The file, which need not exist.</param>
    /// <returns>A sentence and what to do; null when nothing is.</returns>
    internal static string? Obstacle(string path) => (Directory.Exists(path) ? "a folder" : PathKind.Special(path)) is { } kind
        ? $"{path} is {kind}, but a regular file is expected there. Move it away, then start again."
        : PathKind.DanglingTarget(path) is { } target
            ? $"{path} is a link to {target}, and there is nothing. Mount the disk that holds it or put the file back; or remove the link."
            : null;
}
