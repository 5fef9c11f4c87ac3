using System.Text;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.State;

/// <summary>A secret of the state folder, one line in a file that its owner alone can read: the rule for token and key.</summary>
internal static class SecretFile
{
    private const int MaximumLength = 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Writes a new secret unless there is one; of several processes that do so at once exactly one does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="create">Makes the secret.</param>
    public static void Ensure(string path, Func<string> create)
    {
        StateFile.Require(path);
        if (!File.Exists(path))
        {
            WholeFile.TryCreate(path, Encoding.ASCII.GetBytes(create() + "\n"), WholeFile.OwnerOnly);
        }
    }

    /// <summary>Reads a secret.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The text; empty when the file is too long for a secret.</returns>
    /// <exception cref="StateFolderException">It is no regular file.</exception>
    public static string Read(string path)
    {
        StateFile.Require(path);
        return new FileInfo(path).Length <= MaximumLength ? File.ReadAllText(path) : "";
    }

    /// <summary>Tells whether others than the owner may read it, or put another in its place.</summary>
    /// <param name="path">The file.</param>
    /// <returns>True when a warning is due; always false on Windows.</returns>
    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0;
}
