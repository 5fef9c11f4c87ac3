using System.Text;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.State.Notes;

/// <summary>A line in a state folder whose artifacts are kept elsewhere, for whoever looks for a model there.</summary>
/// <remarks>It names a folder, or bucket and prefix, and no secret.</remarks>
public static class ArtifactsNote
{
    private const string Name = "artifacts.elsewhere";

    // Longer ones are not ours.
    private const int LongestPlace = 4096;

    /// <summary>Writes it, or removes it.</summary>
    /// <param name="state">The folder; it is there.</param>
    /// <param name="place">Where the artifacts are; null where they lie in the folder.</param>
    /// <exception cref="StateFolderException">It cannot be written.</exception>
    public static void Set(StateFolder state, string? place)
    {
        ArgumentNullException.ThrowIfNull(state);
        var path = Path.Combine(state.Root, Name);
        try
        {
            if (place is null)
            {
                File.Delete(path);
            }
            else
            {
                WholeFile.Write(path, Encoding.UTF8.GetBytes(place + "\n"), survivesPowerLoss: false);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException(
                $"The state folder {state.Root} cannot be written: {refused.Message} Make room or make it writable, then start again.",
                refused);
        }
    }

    /// <summary>The folder in which artifacts lie, as far as a state folder tells.</summary>
    /// <param name="state">A state folder; it need not exist.</param>
    /// <returns>A full path; null where they are in no folder.</returns>
    public static string? FolderOf(StateFolder state) => Read(state) is not { } place ? state.SharedRoot
        : Path.IsPathRooted(place) ? place
        : null;

    /// <summary>Reads it.</summary>
    /// <param name="state">A state folder; it need not exist.</param>
    /// <returns>A folder, or an address; null where artifacts are in the state folder, as far as is known.</returns>
    public static string? Read(StateFolder state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var path = Path.Combine(state.Root, Name);
        try
        {
            return File.Exists(path) && ForeignText.OneLine(File.ReadAllText(path).Trim(), LongestPlace) is { Length: > 0 } place
                ? place
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
