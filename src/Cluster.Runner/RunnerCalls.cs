using System.Globalization;

namespace SearchCluster.Runner;

/// <summary>The calls of a stranger's function: how they start, what they report, how they end, and what
/// becomes of those that do not.</summary>
/// <param name="spec">The search's specification.</param>
/// <param name="objective">The function.</param>
/// <param name="options">How long a call is waited for, and who hears warnings.</param>
/// <param name="search">What the calls report to.</param>
/// <param name="gate">The lock of the run.</param>
internal sealed class RunnerCalls(
    SearchSpec spec, Func<RunnerTrial, CancellationToken, Task<double>> objective, RunnerOptions options, RunnerSearch search, Lock gate)
{
    private const int MostWarnings = 100;

    private readonly HashSet<RunnerAttempt> _called = [];
    private readonly List<string> _warnings = [];

    /// <summary>What the function threw first; null for nothing.</summary>
    public Exception? FirstFailure { get; private set; }

    /// <summary>What people should know, the first hundred.</summary>
    public IReadOnlyList<string> Warnings => [.. _warnings];

    /// <summary>Calls the function for a trial. Under the lock.</summary>
    public void Start(TrialAssignment assignment)
    {
        var attempt = new RunnerAttempt(this, assignment, options.Clock);
        search.Add(attempt);
        _called.Add(attempt);
        attempt.Call = Task.Run(() => CallAsync(attempt, new RunnerTrial(attempt, assignment, spec.Space)), CancellationToken.None);
    }

    /// <summary>Lets a call go on whose trial was promoted. Under the lock.</summary>
    public void Resume(RunnerAttempt attempt, TrialAssignment assignment)
    {
        attempt.Resume(assignment);

        // A function that did not await its report may be over by now.
        if (attempt.Outcome is { } outcome)
        {
            search.Report(attempt, outcome);
        }
    }

    /// <summary>Takes a report of a trial.</summary>
    /// <returns>Completes when the trial may go on.</returns>
    public Task ReportAsync(RunnerAttempt attempt, int step, double value)
    {
        lock (gate)
        {
            if (attempt.EndReason is { } reason)
            {
                throw new TrialEndedException(reason);
            }

            ArgumentOutOfRangeException.ThrowIfNegative(step);

            if (attempt.Outcome is not null)
            {
                throw new TrialEndedException("The function of this trial has returned.");
            }

            if (attempt.IsParked)
            {
                throw new InvalidOperationException(
                    "The report before still waits for the trial to be promoted; await it before the next one.");
            }

            var resource = attempt.Resource(step);
            if (resource <= attempt.Step)
            {
                Warn(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Trial {attempt.Lease.Item.TrialId!.Value.Number} reported step {step} after step {attempt.Step - attempt.Offset}; "
                        + $"it is ignored, because steps grow."));
                return Task.CompletedTask;
            }

            return search.Measure(attempt, resource, value) switch
            {
                { Action: SchedulingAction.Stop } decision => throw Halt(attempt, decision.Reason.Text),
                _ when attempt.EndReason is { } now => throw Halt(attempt, now),
                var decision when decision is not null || resource >= attempt.Until => Pause(attempt, decision),
                _ => Task.CompletedTask,
            };
        }
    }

    /// <summary>Gives up calls that go on although they were asked to end. Under the lock.</summary>
    public void AbandonOverdue() => Abandon(search.IsCurrent);

    /// <summary>When the next call is overdue; null when none can be. Under the lock.</summary>
    public TimeSpan? UntilOverdue() => _called.Select(attempt => attempt.UntilOverdue(options.Patience)).Min();

    // Trials that still run when the loop ends for whatever reason are cancelled and awaited: no call of a
    // function that heeds its token outlives the run.
    public async Task EndAsync()
    {
        lock (gate)
        {
            foreach (var attempt in search.Attempts)
            {
                attempt.End("The run is over.");
            }
        }

        await WaitForCallsAsync().ConfigureAwait(false);
        foreach (var attempt in search.Attempts.Where(attempt => !attempt.IsAbandoned))
        {
            await attempt.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task WaitForCallsAsync()
    {
        var awaited = search.Attempts.Where(attempt => !attempt.IsAbandoned).Select(attempt => attempt.Call).ToList();
        using var timer = new CancellationTokenSource();
        await Task.WhenAny(Task.WhenAll(awaited), Task.Delay(options.Patience, options.Clock, timer.Token)).ConfigureAwait(false);
        await timer.CancelAsync().ConfigureAwait(false);
        lock (gate)
        {
            Abandon(_ => false);
        }
    }

    // A thread of a stranger's code cannot be ended; what it holds in the run is given free.
    private void Abandon(Func<RunnerAttempt, bool> isReported)
    {
        foreach (var attempt in _called.Where(attempt => attempt.Overdue >= options.Patience).ToList())
        {
            attempt.IsAbandoned = _called.Remove(attempt);
            Warn(string.Create(
                CultureInfo.InvariantCulture,
                $"Trial {attempt.Lease.Item.TrialId!.Value.Number} was asked to end, but its function goes on; "
                    + $"it counts as over after {Durations.Of(options.Patience)}. Let the function look at its cancellation token."));
            attempt.Outcome = attempt.IsTimedOut ? TimedOut() : new AttemptHalted(attempt.Step, null);
            if (isReported(attempt))
            {
                search.Report(attempt, attempt.Outcome);
            }
        }
    }

    private AttemptFailed TimedOut() => new(new AttemptFailure(
        TrialFailureKind.Timeout,
        $"The trial ran longer than {Durations.Of(spec.Budget.TrialTime!.Value)}; raise the time of a trial, or narrow the space."));

    private TrialEndedException Halt(RunnerAttempt attempt, string reason)
    {
        attempt.End(reason);
        search.Report(attempt, new AttemptHalted(attempt.Step, null));
        return new TrialEndedException(reason);
    }

    private Task Pause(RunnerAttempt attempt, SchedulingDecision? decision)
    {
        // Parked before it is told: telling may end the search, which ends whatever is parked.
        var parked = attempt.Park();
        search.Report(attempt, decision is null
            ? new AttemptCompleted(RunnerSearch.ResultOf(attempt), TrainingStop.ResourceLimit)
            : new AttemptHalted(attempt.Step, null));
        return parked;
    }

    private async Task CallAsync(RunnerAttempt attempt, RunnerTrial trial)
    {
        WorkOutcome outcome;
        try
        {
            outcome = Returned(attempt, await objective(trial, attempt.Token).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            // The boundary of a stranger's code: whatever it throws is the end of this trial, not of the run.
            outcome = Thrown(attempt, exception);
        }

        lock (gate)
        {
            if (attempt.Outcome is not null)
            {
                // It was given up long ago.
                return;
            }

            _called.Remove(attempt);
            attempt.Outcome = outcome;
            if (search.IsCurrent(attempt))
            {
                search.Report(attempt, outcome);
            }
        }
    }

    private AttemptCompleted Returned(RunnerAttempt attempt, double value)
    {
        lock (gate)
        {
            // What a function returns is its last measurement, unless it reported just that.
            if (attempt.Outcome is null && search.IsCurrent(attempt) && (attempt.Step == 0 || !value.Equals(attempt.Value)))
            {
                search.Measure(attempt, attempt.Step + 1, value);
            }

            return new AttemptCompleted(RunnerSearch.ResultOf(attempt), TrainingStop.AllEpochs);
        }
    }

    private WorkOutcome Thrown(RunnerAttempt attempt, Exception exception)
    {
        lock (gate)
        {
            if (exception is OperationCanceledException && attempt.Token.IsCancellationRequested)
            {
                return attempt.IsTimedOut
                    ? TimedOut()
                    : new AttemptHalted(attempt.Step, null);
            }

            FirstFailure ??= exception;
            return new AttemptFailed(new AttemptFailure(
                TrialFailureKind.WorkloadError,
                $"{exception.GetType().Name}: {ExceptionText.MessageOf(exception)}",
                ExceptionText.Of(exception)));
        }
    }

    private void Warn(string text)
    {
        if (_warnings.Count < MostWarnings)
        {
            _warnings.Add(text);
        }

        options.Warning?.Invoke(text);
    }
}
