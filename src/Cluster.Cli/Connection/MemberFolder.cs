using SearchCluster.Cli.Failures;
using SearchCluster.Hosting.Membership;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Connection;

/// <summary>The state folder of a machine that has joined another one's cluster is no place for a cluster of its own: commands there would
/// find that one from then on.</summary>
internal static class MemberFolder
{
    /// <summary>Refuses to begin a cluster in the folder of a member.</summary>
    /// <param name="state">The folder.</param>
    /// <param name="what">What was to begin there, as the end of a sentence.</param>
    /// <exception cref="CliException">It is a member's.</exception>
    public static void RequireOwn(StateFolder state, string what)
    {
        if (JoinedCluster.TryRead(state) is { } joined && !Path.Exists(state.JournalFile))
        {
            throw new CliException(
                ExitCodes.Conflict,
                $"{SafeText.Of(state.Root)} is a member of the cluster at {SafeText.Of(joined.Url)}, so {what} does not begin there.",
                "for the cluster: searchcluster join starts the workers of this machine, searchcluster submit sends a search; for this "
                    + "machine alone: another folder with --state DIR",
                CommandCodes.StateInUse);
        }
    }
}
