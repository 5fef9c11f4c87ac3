using System.Text;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.State;

/// <summary>A line in a state folder whose searches are in a database, for whoever looks for them in a file.</summary>
/// <remarks>It names server and database, and no secret.</remarks>
public static class JournalNote
{
    private const string Name = "journal.elsewhere";

    // Longer ones are not ours.
    private const int LongestPlace = 300;

    /// <summary>Writes it, or removes it.</summary>
    /// <param name="state">The folder; it is there.</param>
    /// <param name="place">Where the searches are; null where they lie in a file of the folder.</param>
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

    /// <summary>Says where the searches of a folder are.</summary>
    /// <param name="folder">A state folder; it need not exist.</param>
    /// <returns>A sentence with the next step; null where they are not known to be elsewhere.</returns>
    public static string? Describe(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            return File.Exists(path) && ForeignText.OneLine(File.ReadAllText(path), LongestPlace) is { Length: > 0 } place
                ? $"The searches of {folder} are in {place}. Give the connection string in $SEARCHCLUSTER_POSTGRES, or start the "
                    + $"coordinator that has it."
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
