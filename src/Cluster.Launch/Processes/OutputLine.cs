namespace SearchCluster.Launch.Processes;

/// <summary>A line that a process printed.</summary>
/// <param name="Text">The line without its end and without the mark of the log.</param>
/// <param name="Kind">Where it comes from.</param>
public sealed record OutputLine(string Text, OutputKind Kind);

/// <summary>Where a line of a process comes from.</summary>
public enum OutputKind
{
    /// <summary>Its standard output: documents for its launcher.</summary>
    Data,

    /// <summary>Its log, which it also writes to its own file.</summary>
    Log,

    /// <summary>Anything else that it, or a native library in it, printed on the error stream.</summary>
    Error,
}
