namespace SearchCluster.Models.Attempts;

/// <summary>Runs what one slot was leased; in production by training, in tests by a script.</summary>
/// <remarks>Called from several threads at once, one call per slot. What it throws ends the attempts that are
/// still open as failed, never the worker.</remarks>
public interface IWorkExecutor
{
    /// <summary>Runs a group on the calling thread: begins each of its attempts and ends it, one after the
    /// other or several side by side.</summary>
    /// <param name="group">At least one, in the order in which their turn comes. Attempts of one fusion key may train as parts of one
    /// network; each ends by itself.</param>
    void Run(IReadOnlyList<ILeasedWork> group);
}
