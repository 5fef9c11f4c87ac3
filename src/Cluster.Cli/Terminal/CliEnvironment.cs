using SearchCluster.Cli.Connection;

namespace SearchCluster.Cli.Terminal;

/// <summary>Everything the tool touches outside itself, so that a test can stand in for all of it.</summary>
internal sealed record CliEnvironment(
    TextWriter Out,
    TextWriter Error,
    TextReader In,
    TerminalKind OutTerminal,
    TerminalKind ErrorTerminal,
    Func<string, string?> Variable,
    string WorkingDirectory,
    TimeProvider Clock,
    ISearchConnector Connector,
    bool InIsTerminal = false,
    Func<Stream>? InBytes = null);

/// <summary>What a stream of the process leads to.</summary>
/// <param name="IsTerminal">True when a person reads it live and lines may be redrawn.</param>
/// <param name="Columns">Width of a line.</param>
internal sealed record TerminalKind(bool IsTerminal, int Columns)
{
    /// <summary>A file or a pipe: never redrawn, never wrapped.</summary>
    public static TerminalKind Piped { get; } = new(false, 1000);
}
