using System.Text.Json.Serialization.Metadata;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Terminal;
using Spectre.Console;

namespace SearchCluster.Cli.Output;

/// <summary>Standard output carries the data asked for; standard error carries progress, notes and errors.</summary>
internal sealed class CliOutput(CliEnvironment environment, GlobalSettings settings)
{
    private IAnsiConsole? _data;
    private IAnsiConsole? _progress;

    public bool IsJson => settings.Json;

    public TextWriter Data => environment.Out;

    /// <summary>Tables and charts on standard output.</summary>
    public IAnsiConsole DataConsole =>
        _data ??= ConsoleFactory.Create(environment.Out, environment.OutTerminal, UsesColor(environment.OutTerminal));

    /// <summary>Live progress on standard error.</summary>
    public IAnsiConsole ProgressConsole =>
        _progress ??= ConsoleFactory.Create(environment.Error, environment.ErrorTerminal, UsesColor(environment.ErrorTerminal));

    /// <summary>True when progress may be redrawn in place.</summary>
    public bool IsProgressLive => environment.ErrorTerminal.IsTerminal && !settings.Quiet && !settings.Json && !IsDumb;

    /// <summary>True when the data itself may be redrawn in place.</summary>
    public bool IsDataLive => environment.OutTerminal.IsTerminal && !settings.Json && !IsDumb;

    /// <summary>Width of a line of standard output.</summary>
    public int DataColumns => environment.OutTerminal.Columns;

    /// <summary>True when standard output understands bold, dim and their like.</summary>
    public bool IsDataStyled => environment.OutTerminal.IsTerminal;

    public bool ShowsProgress => !settings.Quiet;

    private bool IsDumb => environment.Variable("TERM") == "dumb";

    /// <summary>Writes the one JSON document of a command.</summary>
    public void WriteJson<T>(T document, JsonTypeInfo<T> type) => environment.Out.WriteLine(CliJson.Document(document, type));

    /// <summary>Writes one line of a JSON stream and flushes it.</summary>
    public void WriteJsonLine<T>(T document, JsonTypeInfo<T> type)
    {
        environment.Out.WriteLine(CliJson.Line(document, type));
        environment.Out.Flush();
    }

    /// <summary>A line for people who watch; silent with <c>--quiet</c>.</summary>
    public void Note(string text)
    {
        if (!settings.Quiet)
        {
            environment.Error.WriteLine(SafeText.OfLines(text));
        }
    }

    /// <summary>A line that matters even with <c>--quiet</c>.</summary>
    public void Warn(string text) => environment.Error.WriteLine("warning: " + SafeText.OfLines(text));

    private bool UsesColor(TerminalKind terminal) =>
        terminal.IsTerminal && !settings.NoColor && !IsDumb && string.IsNullOrEmpty(environment.Variable("NO_COLOR"));
}
