using SearchCluster.Launch.Processes;

namespace SearchCluster.Launch.Supervision;

/// <summary>Is told what happens in a launch, from any thread, one call at a time.</summary>
public interface ILaunchObserver
{
    /// <summary>A process changed.</summary>
    /// <param name="view">Where it stands now.</param>
    /// <param name="end">How its process ended, where that is the change; else null.</param>
    /// <param name="restartsIn">When it is started again; null where it is not.</param>
    void Changed(ProcessView view, ProcessEnd? end, TimeSpan? restartsIn);

    /// <summary>A process printed a line on its error stream.</summary>
    /// <param name="name">The process.</param>
    /// <param name="line">What it says, and where it comes from.</param>
    void Printed(string name, OutputLine line);
}
