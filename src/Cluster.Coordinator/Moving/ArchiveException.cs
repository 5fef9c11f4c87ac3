using SearchCluster.Contracts;

namespace SearchCluster.Coordinator.Moving;

/// <summary>Why searches cannot be moved.</summary>
public enum ArchiveFault
{
    /// <summary>The file cannot be read, or is not what was exported.</summary>
    File,

    /// <summary>A search of the journal is damaged.</summary>
    Search,

    /// <summary>The journal has no such search.</summary>
    NotFound,

    /// <summary>The journal has another search of the name.</summary>
    Conflict,
}

/// <summary>Searches cannot be moved.</summary>
/// <param name="fault">Why.</param>
/// <param name="message">Subject, actual value, rule, next step.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class ArchiveException(ArchiveFault fault, string message, Exception? inner = null) : SearchClusterException(message, inner)
{
    /// <summary>Why.</summary>
    public ArchiveFault Fault { get; } = fault;
}
