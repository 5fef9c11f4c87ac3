namespace SearchCluster.Models.Attempts;

/// <summary>What surrounds one attempt.</summary>
/// <param name="Artifacts">Where checkpoints and models lie.</param>
/// <param name="Report">Called on the attempt's thread after each epoch, in order of resource levels; quick, and throws only <see cref="InvalidReportException"/>.</param>
/// <param name="Clock">Time and waiting.</param>
/// <param name="Cancellation">Ends the attempt at the next step; its last checkpoint stays.</param>
/// <param name="TraceParent">W3C context of the attempt's span; null for the assignment's own.</param>
/// <param name="Warn">Told one sentence about anything unexpected that training survives, for example a damaged checkpoint; null for nobody.</param>
/// <param name="Pulse">Takes signs of life of whoever trains in steps, so that a hang is told from work; null for nobody.</param>
/// <param name="Worker">Name of the worker, for metrics; null outside of one.</param>
public sealed record WorkContext(
    IArtifacts Artifacts,
    Action<Measurement> Report,
    TimeProvider Clock,
    CancellationToken Cancellation,
    string? TraceParent = null,
    Action<string>? Warn = null,
    AttemptPulse? Pulse = null,
    WorkerId? Worker = null)
{
    /// <summary>To be called between two pieces of work of at most a second: gives a sign of life, and ends the attempt here when it is to end.</summary>
    /// <exception cref="OperationCanceledException">It is to end.</exception>
    public void Heed()
    {
        Pulse?.Beat();
        Cancellation.ThrowIfCancellationRequested();
    }
}
