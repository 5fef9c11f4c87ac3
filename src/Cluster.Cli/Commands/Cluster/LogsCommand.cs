using System.CommandLine;
using System.Globalization;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Cli.Options;
using SearchCluster.Hosting.Logging.Reading;
using SearchCluster.Hosting.State;
using Serilog.Events;

namespace SearchCluster.Cli.Commands.Cluster;

/// <summary><c>logs</c>: what the processes of this machine said.</summary>
internal sealed class LogsCommand : CliCommand
{
    private const int DefaultLines = 100;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly Argument<string?> _process = new("PROCESS")
    {
        Description = "Name of a process as nodes shows it, or the beginning of several; without it, all",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with what is written; Ctrl-C leaves" };
    private readonly Option<int?> _lines = Inputs.WholeNumber(
        "--lines", $"Most lines of the past. Default: {DefaultLines}", 0, 1_000_000, "-n");
    private readonly Option<TimeSpan?> _since = Inputs.Duration("--since", "Only lines that are not older, for example 10m");
    private readonly Option<string> _level = Inputs.Choice("--level", "Least serious level", "info", "info", "warn", "error");
    private readonly Option<bool> _all = new("--all") { Description = "Also the lines of libraries, which the terminal does not show" };

    public LogsCommand()
        : base(
            "logs",
            "Show what the processes of this machine said, in the order of time",
            "logs",
            "logs --follow",
            "logs coordinator --since 10m --level warn")
    {
        Add(_process);
        Add(_follow);
        Add(_lines);
        Add(_since);
        Add(_level);
        Add(_all);
        SeeAlso = ["nodes", "launch", "trace"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        var level = parse.GetRequiredValue(_level) switch
        {
            "error" => LogEventLevel.Error,
            "warn" => LogEventLevel.Warning,
            _ => LogEventLevel.Information,
        };
        var (process, all) = (parse.GetValue(_process), parse.GetValue(_all));
        bool Passes(LogEntry entry) =>
            entry.Level >= level
                && (all || entry.IsForPeople)
                && (process is null || entry.Process.StartsWith(process, StringComparison.Ordinal));

        var folder = new LogFolder(state);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        bool Look(LogEntry entry)
        {
            names.Add(entry.Process);
            return Passes(entry);
        }

        var from = parse.GetValue(_since) is { } since ? context.Now - since : (DateTimeOffset?)null;
        var entries = folder.ReadLast(parse.GetValue(_lines) ?? DefaultLines, from, Look);

        // What lies before the time that was asked for is no reason to say that nobody has written.
        var earlier = entries.Count == 0 && from is not null ? new LogFolder(state).ReadLast(1, null, Look) : [];
        if (process is not null && !names.Any(name => name.StartsWith(process, StringComparison.Ordinal)) && !parse.GetValue(_follow))
        {
            throw NoSuch(process, names, state);
        }

        Print(context, entries);
        if (!parse.GetValue(_follow))
        {
            if (entries.Count == 0)
            {
                context.Output.Note(
                    names.Count == 0 ? $"No process has written a log in {state.LogsFolder}."
                    : earlier is [var last] ? $"No line passes since {Time(from!.Value)}; the last one before that is of {Time(last.At)}."
                    : "No line passes.");
            }

            return ExitCodes.Done;
        }

        while (!context.Cancellation.IsCancellationRequested)
        {
            await Task.Delay(BetweenLooks, context.Environment.Clock, context.Cancellation);
            Print(context, folder.ReadNew().Where(Passes));
        }

        return ExitCodes.Done;
    }

    private static void Print(CommandContext context, IEnumerable<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (context.Output.IsJson)
            {
                context.Output.WriteJsonLine(
                    new LogEntryDocument(entry.At.UtcDateTime, Word(entry.Level), entry.Process, entry.Text, entry.Exception),
                    CliJsonContext.Default.LogEntryDocument);
                continue;
            }

            var time = Time(entry.At);
            var level = entry.Level >= LogEventLevel.Warning ? Word(entry.Level) + ": " : "";
            context.Output.Data.WriteLine($"{time} {SafeText.Of(entry.Process)} | {level}{SafeText.Of(entry.Text)}");
            if (entry.Exception is { } exception)
            {
                context.Output.Data.WriteLine(SafeText.OfLines(exception));
            }
        }
    }

    private static string Time(DateTimeOffset at) => at.ToLocalTime().ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Word(LogEventLevel level) => level switch
    {
        LogEventLevel.Fatal => "fatal",
        LogEventLevel.Error => "error",
        LogEventLevel.Warning => "warning",
        LogEventLevel.Information => "info",
        _ => "debug",
    };

    private static CliException NoSuch(string process, SortedSet<string> names, StateFolder state) => new(
        ExitCodes.NotFound,
        $"No process whose name begins with \"{SafeText.Of(process)}\" has written a log in {state.LogsFolder}.",
        names.Count == 0 ? null : $"these have: {string.Join(", ", names.Select(SafeText.Of))}",
        CommandCodes.NoSuchProcess);
}
