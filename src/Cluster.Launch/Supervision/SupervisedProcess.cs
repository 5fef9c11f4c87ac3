using System.Text.Json;
using SearchCluster.Launch.Processes;

namespace SearchCluster.Launch.Supervision;

/// <summary>Keeps one process running: starts it, tells how it ended, and starts it again, until it is asked to end or its end says
/// that another start would end the same way.</summary>
internal sealed class SupervisedProcess(
    ProcessPlan plan, Action<ProcessView, ProcessEnd?, TimeSpan?> changed, Action<OutputLine> printed, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly RestartDelays _delays = new();
    private readonly TaskCompletionSource _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<JsonElement?> _firstReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ProcessEnd?> _firstEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _run = Task.CompletedTask;
    private ChildProcess? _child;
    private bool _isKilled;
    private ProcessView _view = new()
    {
        Name = plan.Name,
        Role = plan.Role,
        Device = plan.Device,
        Phase = ProcessPhase.Waiting,
        Since = clock.GetUtcNow(),
    };

    /// <summary>What the process said when it was ready for the first time; null where it failed before.</summary>
    public Task<JsonElement?> FirstReady => _firstReady.Task;

    /// <summary>How the first process ended; null where it could not be started.</summary>
    public Task<ProcessEnd?> FirstEnd => _firstEnd.Task;

    /// <summary>How the last process ended; null before the first end.</summary>
    public ProcessEnd? LastEnd { get; private set; }

    /// <summary>Ends when the process is down for good, or was never started; fails where the program could not be started.</summary>
    public Task Run => _run;

    /// <summary>Where it stands.</summary>
    public ProcessView View
    {
        get
        {
            lock (_gate)
            {
                return _view;
            }
        }
    }

    /// <summary>Starts the process, and from then on again and again.</summary>
    public void Start() => _run = RunAsync();

    /// <summary>Asks the process to end in order; it is not started again.</summary>
    public void AskToEnd()
    {
        _ending.TrySetResult();
        ChildProcess? child;
        lock (_gate)
        {
            child = _child;
        }

        if (child is not null && View.Phase != ProcessPhase.Ending)
        {
            Change(view => view with { Phase = ProcessPhase.Ending }, null, null);
        }

        child?.AskToEnd();
    }

    /// <summary>Ends the process at once; it is not started again.</summary>
    public void Kill()
    {
        _ending.TrySetResult();
        lock (_gate)
        {
            _isKilled = true;
            _child?.Kill();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_ending.Task.IsCompleted && await RunOnceAsync())
            {
                // The next one.
            }
        }
        finally
        {
            _firstReady.TrySetResult(null);
            _firstEnd.TrySetResult(null);
        }
    }

    /// <summary>Lives through one process.</summary>
    /// <returns>True when the next one is to be started.</returns>
    private async Task<bool> RunOnceAsync()
    {
        using var child = ChildProcess.Start(plan, LastEnd);
        lock (_gate)
        {
            _child = child;
            if (_isKilled)
            {
                child.Kill();
            }
        }

        Change(view => view with { Phase = ProcessPhase.Starting, Pid = child.Id }, null, null);
        if (_ending.Task.IsCompleted)
        {
            AskToEnd();
        }

        var end = LastEnd = await child.FollowAsync(OnLine, clock);
        _firstEnd.TrySetResult(end);
        lock (_gate)
        {
            _child = null;
        }

        if (_ending.Task.IsCompleted)
        {
            Change(view => Down(view, ProcessPhase.Ended, end), end, null);
            return false;
        }

        if (IsFinal(end.ExitCode))
        {
            Change(view => Down(view, ProcessPhase.Failed, end), end, null);
            return false;
        }

        var wait = _delays.After(end.Lived);
        Change(view => Down(view, ProcessPhase.Waiting, end) with { Restarts = view.Restarts + 1 }, end, wait);
        return await WaitAsync(wait);
    }

    // What was ready once could work here: what ended it was something else, a trial for example.
    private bool IsFinal(int exitCode) =>
        plan.AlwaysFinalExitCodes?.Contains(exitCode) == true
            || (View.Phase == ProcessPhase.Starting && plan.FinalExitCodes?.Contains(exitCode) == true);

    private static ProcessView Down(ProcessView view, ProcessPhase phase, ProcessEnd end) =>
        view with { Phase = phase, Pid = null, LastEnd = end.Describe() };

    private async Task<bool> WaitAsync(TimeSpan wait)
    {
        await Task.WhenAny(Task.Delay(wait, clock), _ending.Task);
        if (_ending.Task.IsCompleted)
        {
            Change(view => view with { Phase = ProcessPhase.Ended }, null, null);
        }

        return !_ending.Task.IsCompleted;
    }

    private void OnLine(OutputLine line)
    {
        if (line.Kind == OutputKind.Data && ReadyDocument.TryRead(line.Text) is { } ready)
        {
            Change(view => view.Phase == ProcessPhase.Starting ? view with { Phase = ProcessPhase.Ready } : view, null, null);
            _firstReady.TrySetResult(ready);
        }
        else
        {
            printed(line);
        }
    }

    private void Change(Func<ProcessView, ProcessView> change, ProcessEnd? end, TimeSpan? restartsIn)
    {
        ProcessView view;
        lock (_gate)
        {
            var next = change(_view);
            if (next == _view)
            {
                return;
            }

            view = _view = next.Phase == _view.Phase ? next : next with { Since = clock.GetUtcNow() };
        }

        changed(view, end, restartsIn);
    }
}
