using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Insight.Wording;
using SearchCluster.Launch.Processes;
using SearchCluster.Launch.Supervision;
using Serilog;
using Serilog.Events;

namespace SearchCluster.Cli.InProcess;

/// <summary>Tells what happens in a launch: to the terminal, or as a stream of JSON; and all of it to the launch's log.</summary>
/// <param name="context">The command.</param>
/// <param name="log">Keeps all of it.</param>
/// <param name="isElsewhere">Whether the coordinator runs on another machine.</param>
/// <remarks>A launch in the background tells nobody any more once it is ready: the process that started it is gone.</remarks>
internal sealed class LaunchTeller(CommandContext context, ILogger log, bool isElsewhere) : ILaunchObserver
{
    private const int LinesShown = 10;

    // Processes print while the launch itself speaks, and a writer takes one line at a time.
    private readonly Lock _gate = new();
    private readonly bool _isDetached = DetachedLaunch.IsActive(context);
    private bool _isSilent;

    public void Changed(ProcessView view, ProcessEnd? end, TimeSpan? restartsIn)
    {
        lock (_gate)
        {
            var text = Sentence(view, end, restartsIn);
            var isTrouble = end is not null && view.Phase is ProcessPhase.Waiting or ProcessPhase.Failed;
            Log(isTrouble ? LogEventLevel.Warning : LogEventLevel.Information, view.Name, text);
            if (_isSilent)
            {
                return;
            }

            if (context.Output.IsJson)
            {
                Write(LaunchEventDocument.Of(view, end, restartsIn, context.Now));
            }
            else if (isTrouble)
            {
                context.Output.Warn(text);
                end!.LastLines.TakeLast(LinesShown).ToList().ForEach(line => context.Output.Note($"  | {line}"));
            }
            else
            {
                context.Output.Note(text);
            }
        }
    }

    public void Printed(string name, OutputLine line)
    {
        lock (_gate)
        {
            if (line.Kind != OutputKind.Log)
            {
                Log(LogEventLevel.Information, name, line.Text);
            }

            if (!_isSilent && !context.Output.IsJson)
            {
                context.Output.Note($"{name} | {line.Text}");
            }
        }
    }

    public void Ready(LaunchReady ready)
    {
        lock (_gate)
        {
            var text = isElsewhere
                ? $"Ready: {Format.Count(ready.Workers, "worker")} for the coordinator at {ready.Url}."
                : $"Ready on {ready.Url}, for workers on {ready.ClusterAddress}, with {Format.Count(ready.Workers, "worker")}.";
            Log(LogEventLevel.Information, "launch", text);
            if (context.Output.IsJson)
            {
                Write(LaunchEventDocument.Of(ready, context.Now));
            }
            else
            {
                context.Output.Data.WriteLine(text);
                context.Output.Note(
                    (isElsewhere ? "  next: searchcluster submit SPEC, where the coordinator is" : "  next: searchcluster submit SPEC --watch")
                        + (_isDetached ? "" : "      (in another terminal; Ctrl-C here ends all)"));
            }

            _isSilent = _isDetached;
        }
    }

    public void Note(string text)
    {
        lock (_gate)
        {
            Log(LogEventLevel.Information, "launch", text);
            if (!_isSilent && !context.Output.IsJson)
            {
                context.Output.Note(text);
            }
        }
    }

    public void Warn(string text)
    {
        lock (_gate)
        {
            Log(LogEventLevel.Warning, "launch", text);
            if (!_isSilent)
            {
                context.Output.Warn(text);
            }
        }
    }

    /// <summary>What happened, for people.</summary>
    /// <param name="view">The process.</param>
    /// <param name="end">How it ended, where that is what happened.</param>
    /// <param name="restartsIn">When it is started again.</param>
    public static string Sentence(ProcessView view, ProcessEnd? end, TimeSpan? restartsIn) => view.Phase switch
    {
        ProcessPhase.Starting => $"{view.Name} starts as process {view.Pid}{(view.Device is null ? "" : $" on {view.Device}")}",
        ProcessPhase.Ready => $"{view.Name} is ready",
        ProcessPhase.Ending => $"{view.Name} is asked to end",
        ProcessPhase.Ended => $"{view.Name} {end?.Describe() ?? "is not started again"}",
        ProcessPhase.Failed =>
            $"{view.Name} {end!.Describe()} and stays down: another start would end the same way. Mend what it says, then launch again.",
        _ => $"{view.Name} {end?.Describe()}; it starts again in {Durations.Of(restartsIn ?? TimeSpan.Zero)} (restart {view.Restarts})",
    };

    private void Log(LogEventLevel level, string process, string text) =>
        log.ForContext("process", process).Write(level, "{Text:l}", text);

    private void Write(LaunchEventDocument document) =>
        context.Output.WriteJsonLine(document, CliJsonContext.Default.LaunchEventDocument);
}
