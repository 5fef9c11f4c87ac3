using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Logging;

/// <summary>Where log lines go.</summary>
public sealed record LoggingOptions
{
    /// <summary>Name of the process in its log file, for example <c>coordinator</c> or <c>worker-w1</c>.</summary>
    public required string ServiceName { get; init; }

    /// <summary>Keeps a JSON file in its <c>logs</c> folder; null for none.</summary>
    public StateFolder? StateFolder { get; init; }

    /// <summary>What people see, on the error stream. Default <see cref="ConsoleLog.Compact"/>.</summary>
    public ConsoleLog Console { get; init; } = ConsoleLog.Compact;

    /// <summary>Adds debug lines to the file. Default false.</summary>
    public bool Verbose { get; init; }
}

/// <summary>What people see of the log.</summary>
public enum ConsoleLog
{
    /// <summary>Nothing.</summary>
    Off,

    /// <summary>What no command tells by itself: trouble with telemetry.</summary>
    Notices,

    /// <summary>Our own information and everybody's warnings, one line each.</summary>
    Compact,
}
