namespace SearchCluster.GpuWorker.Execution;

/// <summary>Runs one assignment on the calling thread; in production by training, in tests by a script.</summary>
/// <remarks>Called from several threads at once, one call per slot. What it throws ends the attempt as failed, never the worker.</remarks>
public interface IWorkExecutor
{
    /// <summary>Runs an assignment to its end and returns how it ended.</summary>
    /// <param name="assignment">What to do.</param>
    /// <param name="run">Where measurements go and when to stop.</param>
    /// <returns><see cref="AttemptHalted"/> soon after a cancellation; else the outcome.</returns>
    WorkOutcome Run(WorkAssignment assignment, AttemptRun run);
}

/// <summary>What the host gives an executor for one attempt.</summary>
/// <param name="Report">Takes a measurement; does not wait for the coordinator.</param>
/// <param name="TraceParent">W3C context of the attempt span; null when nobody listens.</param>
/// <param name="Warn">Takes a sentence that a person should know; each is told once.</param>
/// <param name="Cancellation">Asks the attempt to end, keeping its checkpoint.</param>
public sealed record AttemptRun(Action<Measurement> Report, string? TraceParent, Action<string> Warn, CancellationToken Cancellation);
