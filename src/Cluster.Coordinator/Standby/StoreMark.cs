using System.Text;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Standby;

/// <summary>Shows that two coordinators have one shared folder, and so one token, key, authority and store: the active one writes its run
/// there, and the others know it from the database.</summary>
internal static class StoreMark
{
    private const string Name = "active-coordinator";

    /// <summary>Writes the run of the active coordinator.</summary>
    /// <param name="state">Its folder.</param>
    /// <param name="run">Random, of its start.</param>
    /// <exception cref="StateFolderException">It cannot be written.</exception>
    public static void Write(StateFolder state, string run)
    {
        try
        {
            WholeFile.Write(PathIn(state), Encoding.UTF8.GetBytes(run + "\n"), survivesPowerLoss: false, WholeFile.OwnerOnly);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException($"{PathIn(state)} cannot be written: {refused.Message} Make room or make it writable.", refused);
        }
    }

    /// <summary>Tells whether a coordinator has the same shared folder.</summary>
    /// <param name="state">This one's.</param>
    /// <param name="run">That one's, as the database tells it.</param>
    /// <returns>False also where it has not written it yet, or the file system shows it late.</returns>
    public static bool IsOf(StateFolder state, string run)
    {
        try
        {
            return StateFile.CanBeOpened(PathIn(state)) && File.ReadAllText(PathIn(state)).Trim() == run;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string PathIn(StateFolder state) => Path.Combine(state.SharedRoot, Name);
}
