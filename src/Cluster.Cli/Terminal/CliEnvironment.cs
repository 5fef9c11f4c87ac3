using SearchCluster.Cli.Connection;

namespace SearchCluster.Cli.Terminal;

/// <summary>Everything the tool touches outside itself, so that a test can stand in for all of it.</summary>
internal sealed record CliEnvironment
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public required TextReader In { get; init; }

    public required TerminalKind OutTerminal { get; init; }

    public required TerminalKind ErrorTerminal { get; init; }

    public required Func<string, string?> Variable { get; init; }

    public required string WorkingDirectory { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ISearchConnector Connector { get; init; }

    public bool InIsTerminal { get; init; }

    public Func<Stream>? InBytes { get; init; }
}

/// <summary>What a stream of the process leads to.</summary>
/// <param name="IsTerminal">True when a person reads it live and lines may be redrawn.</param>
/// <param name="Columns">Width of a line.</param>
internal sealed record TerminalKind(bool IsTerminal, int Columns)
{
    /// <summary>A file or a pipe: never redrawn, never wrapped.</summary>
    public static TerminalKind Piped { get; } = new(false, 1000);
}
