using System.Text;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.State.Notes;

/// <summary>A line in a state folder that names the folder which its coordinator shares with others, for commands and workers of the same
/// machine.</summary>
public static class SharedNote
{
    private const string Name = "shared";

    // Longer ones are not ours.
    private const int LongestPath = 4096;

    /// <summary>Writes it; nothing where the folder shares none.</summary>
    /// <param name="state">The folder; it is there.</param>
    /// <exception cref="StateFolderException">It cannot be written.</exception>
    public static void Write(StateFolder state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.SharedRoot == state.Root)
        {
            return;
        }

        try
        {
            WholeFile.Write(
                Path.Combine(state.Root, Name),
                Encoding.UTF8.GetBytes(state.SharedRoot + "\n"),
                survivesPowerLoss: true,
                WholeFile.OwnerOnly);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException(
                $"The state folder {state.Root} cannot be written: {refused.Message} Make room or make it writable, then start again.",
                refused);
        }
    }

    internal static string? TryRead(string root)
    {
        var path = Path.Combine(root, Name);
        StateFile.Require(path);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 and <= LongestPath } shared && Path.IsPathFullyQualified(shared)
                ? shared
                : throw new StateFolderException(
                    $"{path} names no folder. Delete it, and give the shared folder to the coordinator again: --shared DIR.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException($"{path} cannot be read: {refused.Message} Give the right to read it.", refused);
        }
    }
}
