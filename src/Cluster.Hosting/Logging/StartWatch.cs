namespace SearchCluster.Hosting.Logging;

/// <summary>Knows whether somebody ended a process while it still started. What its components then call a fault is none: they were told
/// to stop in the middle of something.</summary>
internal sealed class StartWatch
{
    private volatile CancellationToken[] _ends = [];

    /// <summary>True once the end of a start that is not over was asked for.</summary>
    public bool IsEnded => Array.Exists(_ends, end => end.IsCancellationRequested);

    /// <summary>The start begins.</summary>
    /// <param name="ends">What asks for its end.</param>
    public void Begin(params CancellationToken[] ends) => _ends = ends;

    /// <summary>The start is over: what is called a fault from now on is one.</summary>
    public void End() => _ends = [];
}
