using SearchCluster.Cli.Failures;
using SearchCluster.Launch.Processes;
using SearchCluster.Launch.Supervision;
using Serilog;
using Serilog.Events;

namespace SearchCluster.Cli.InProcess;

/// <summary>Keeps what goes wrong in a launch for whoever follows a search, and logs all that happens.</summary>
/// <param name="log">The launch's log.</param>
/// <param name="plan">What runs.</param>
internal sealed class LaunchTroubles(ILogger log, LaunchPlan plan) : ILaunchObserver
{
    private const int LinesShown = 3;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _all = [];

    /// <summary>What went wrong so far, in order.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate)
            {
                return _all;
            }
        }
    }

    /// <summary>Why nothing can go on: the coordinator, or every worker, is down for good. Null while it can.</summary>
    public CliException? Failure
    {
        get
        {
            lock (_gate)
            {
                return (plan.Coordinator is { } coordinator && _failed.Contains(coordinator.Name))
                    || (plan.Workers.Count > 0 && plan.Workers.All(worker => _failed.Contains(worker.Name)))
                    ? new CliException(
                        ExitCodes.NoSuitableWorker,
                        $"Nothing trains here any more: {string.Join(", ", _failed)} stays down, because another start would end the same "
                            + $"way.",
                        "see how it ended above or with searchcluster logs, mend that, and run again: the search goes on where it was",
                        CommandCodes.NotStarted)
                    : null;
            }
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(string trouble)
    {
        lock (_gate)
        {
            _all = [.. _all, trouble];
        }
    }

    public void Changed(ProcessView view, ProcessEnd? end, TimeSpan? restartsIn)
    {
        var text = LaunchTeller.Sentence(view, end, restartsIn);
        var isTrouble = end is not null && view.Phase is ProcessPhase.Waiting or ProcessPhase.Failed;
        Log(isTrouble ? LogEventLevel.Warning : LogEventLevel.Information, view.Name, text);
        if (!isTrouble)
        {
            return;
        }

        Add(string.Join("\n  | ", end!.LastLines.TakeLast(LinesShown).Prepend(text)));
        if (view.Phase == ProcessPhase.Failed)
        {
            lock (_gate)
            {
                _failed.Add(view.Name);
            }
        }
    }

    public void Printed(string name, OutputLine line)
    {
        if (line.Kind != OutputKind.Log)
        {
            Log(LogEventLevel.Information, name, line.Text);
        }
    }

    private void Log(LogEventLevel level, string process, string text) =>
        log.ForContext("process", process).Write(level, "{Text:l}", text);
}
