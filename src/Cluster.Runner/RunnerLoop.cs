using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using SearchCluster.Search.Decisions;
using SearchCluster.Search.Sampling;
using SearchCluster.Search.Scheduling;
using SearchCluster.Search.State;
using SearchCluster.Search.State.Evolution;
using SearchCluster.Search.View;

namespace SearchCluster.Runner;

/// <summary>Runs one search inside the process: the decisions are those of the product, the worker is the thread pool.</summary>
internal sealed class RunnerLoop(SearchSpec spec, Func<RunnerTrial, CancellationToken, Task<double>> objective, RunnerOptions options)
{
    // A sampler that does not learn makes many suggestions for the price of one.
    private const int StockOfUnchangingSuggestions = 64;

    private const int MostWarnings = 100;

    private static readonly WorkerDescription Worker = new(new WorkerId("local"), "local", new DeviceDescription("cpu", "this process", 0), 1, ValueMap<string>.Empty, "1");

    private readonly Lock _gate = new();
    private readonly ITrialScheduler _scheduler = TrialSchedulerCatalog.Create(spec);
    private readonly ISampler _sampler = SamplerCatalog.Create(spec);
    private readonly Dictionary<int, RunnerAttempt> _attempts = [];
    private readonly HashSet<RunnerAttempt> _called = [];
    private readonly List<string> _warnings = [];
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private SearchState _state = SearchEvolver.Apply(null, new SearchEvents.SearchSubmitted(spec.Name, spec, "", null, options.Clock.GetUtcNow()));
    private Exception? _firstFailure;
    private Exception? _fault;

    public async Task<RunnerResult> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = options.Clock.GetTimestamp();
        try
        {
            await using var stop = cancellationToken.Register(Stop).ConfigureAwait(false);
            while (!CheckIsOver())
            {
                Suggest();
                if (!StartNext())
                {
                    await WaitForChangeAsync().ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await EndCallsAsync().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Result(options.Clock.GetElapsedTime(start));
    }

    /// <summary>Takes a report of a trial.</summary>
    /// <returns>Completes when the trial may go on.</returns>
    public Task ReportAsync(RunnerAttempt attempt, int step, double value)
    {
        lock (_gate)
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
                throw new InvalidOperationException("The report before still waits for the trial to be promoted; await it before the next one.");
            }

            var resource = attempt.Resource(step);
            if (resource <= attempt.Step)
            {
                Warn($"Trial {attempt.Lease.Item.TrialId!.Value.Number} reported step {step} after step {attempt.Step - attempt.Offset}; it is ignored, because steps grow.");
                return Task.CompletedTask;
            }

            return Measure(attempt, resource, value) switch
            {
                { Action: SchedulingAction.Stop } decision => throw Halt(attempt, decision.Reason.Text),
                _ when attempt.EndReason is { } now => throw Halt(attempt, now),
                var decision when decision is not null || resource >= attempt.Until => Pause(attempt, decision),
                _ => Task.CompletedTask,
            };
        }
    }

    private void Warn(FormattableString warning)
    {
        var text = FormattableString.Invariant(warning);
        if (_warnings.Count < MostWarnings)
        {
            _warnings.Add(text);
        }

        options.Warning?.Invoke(text);
    }

    private SchedulingDecision? Measure(RunnerAttempt attempt, int step, double value)
    {
        attempt.Measured(step, value);
        var reply = Send(new SearchCommands.ReportMeasurement(attempt.Lease, attempt.NextSeq(), new Measurement(step, Metrics(value), attempt.Elapsed), null));
        return ((WorkerProtocol.ReportAccepted)reply!).Decision;
    }

    private TrialEndedException Halt(RunnerAttempt attempt, string reason)
    {
        attempt.End(reason);
        Report(attempt, new AttemptHalted(attempt.Step, null));
        return new TrialEndedException(reason);
    }

    private Task Pause(RunnerAttempt attempt, SchedulingDecision? decision)
    {
        // Parked before it is told: telling may end the search, which ends whatever is parked.
        var parked = attempt.Park();
        Report(attempt, decision is null ? new AttemptCompleted(ResultOf(attempt), TrainingStop.ResourceLimit) : new AttemptHalted(attempt.Step, null));
        return parked;
    }

    private bool CheckIsOver()
    {
        lock (_gate)
        {
            Abandon(attempt => IsCurrent(attempt));
            Send(new SearchCommands.CheckLimits(spec.Name));
            if (_fault is { } fault)
            {
                ExceptionDispatchInfo.Throw(fault);
            }

            return _state.IsOver;
        }
    }

    // A thread of a stranger's code cannot be ended; what it holds in the run is given free.
    private void Abandon(Func<RunnerAttempt, bool> isReported)
    {
        foreach (var attempt in _called.Where(attempt => attempt.Overdue >= options.Patience).ToList())
        {
            attempt.IsAbandoned = _called.Remove(attempt);
            Warn($"Trial {attempt.Lease.Item.TrialId!.Value.Number} was asked to end, but its function goes on; it counts as over after {options.Patience.TotalSeconds:0.###} s. Let the function look at its cancellation token.");
            attempt.Outcome = attempt.IsTimedOut ? TimedOut() : new AttemptHalted(attempt.Step, null);
            if (isReported(attempt))
            {
                Report(attempt, attempt.Outcome);
            }
        }
    }

    private AttemptFailed TimedOut() => new(new AttemptFailure(TrialFailureKind.Timeout, $"The trial ran longer than {spec.Budget.TrialTime}; raise the time of a trial, or narrow the space."));

    // Suggestions may take seconds; only this loop adds trials, so the view is not stale when the answer comes.
    private void Suggest()
    {
        SearchState state;
        lock (_gate)
        {
            state = _state;
        }

        var isBusy = state.Counts.Running >= options.Concurrency;
        var (first, count) = isBusy || state.Waiting.New.Count > 0 ? default : state.SuggestionsWanted(_sampler.IsAdaptive ? 1 : StockOfUnchangingSuggestions);
        if (count > 0)
        {
            var batch = _sampler.Suggest(SearchView.Of(state), new SuggestionContext(first, count, spec.Seed));
            lock (_gate)
            {
                Send(new SearchCommands.RecordSuggestions(spec.Name, first, batch.Suggestions.ToValueArray(), batch.Exhausted, batch.Narrowing));
            }
        }
    }

    private bool StartNext()
    {
        lock (_gate)
        {
            var leased = (SearchReplies.WorkLeased)Send(new SearchCommands.LeaseWork(spec.Name, Worker, 1))!;
            if (leased.Groups.Count == 0)
            {
                return false;
            }

            var assignment = (TrialAssignment)leased.Groups[0].Items[0];
            if (_attempts.TryGetValue(assignment.Lease.Item.TrialId!.Value.Number, out var paused))
            {
                Resume(paused, assignment);
                return true;
            }

            var attempt = new RunnerAttempt(this, assignment, options.Clock);
            _attempts.Add(assignment.Lease.Item.TrialId.Value.Number, attempt);
            _called.Add(attempt);
            attempt.Call = Task.Run(() => CallAsync(attempt, new RunnerTrial(attempt, assignment, spec.Space)), CancellationToken.None);
            return true;
        }
    }

    private void Resume(RunnerAttempt attempt, TrialAssignment assignment)
    {
        attempt.Resume(assignment);

        // A function that did not await its report may be over by now.
        if (attempt.Outcome is { } outcome)
        {
            Report(attempt, outcome);
        }
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

        lock (_gate)
        {
            if (attempt.Outcome is not null)
            {
                // It was given up long ago.
                return;
            }

            _called.Remove(attempt);
            attempt.Outcome = outcome;
            if (IsCurrent(attempt))
            {
                Report(attempt, outcome);
            }
        }
    }

    private AttemptCompleted Returned(RunnerAttempt attempt, double value)
    {
        lock (_gate)
        {
            // What a function returns is its last measurement, unless it reported just that.
            if (attempt.Outcome is null && IsCurrent(attempt) && (attempt.Step == 0 || !value.Equals(attempt.Value)))
            {
                Measure(attempt, attempt.Step + 1, value);
            }

            return new AttemptCompleted(ResultOf(attempt), TrainingStop.AllEpochs);
        }
    }

    private WorkOutcome Thrown(RunnerAttempt attempt, Exception exception)
    {
        lock (_gate)
        {
            if (exception is OperationCanceledException && attempt.Token.IsCancellationRequested)
            {
                return attempt.IsTimedOut
                    ? TimedOut()
                    : new AttemptHalted(attempt.Step, null);
            }

            _firstFailure ??= exception;
            return new AttemptFailed(new AttemptFailure(TrialFailureKind.WorkloadError, $"{exception.GetType().Name}: {ExceptionText.MessageOf(exception)}", ExceptionText.Of(exception)));
        }
    }

    private bool IsCurrent(RunnerAttempt attempt) => _state.Leases.ContainsKey(attempt.Lease.Fence);

    private void Report(RunnerAttempt attempt, WorkOutcome outcome) => Send(new SearchCommands.ReportOutcome(attempt.Lease, attempt.NextSeq(), outcome, null));

    private static TrialResult ResultOf(RunnerAttempt attempt) => new(attempt.Value, attempt.Step, attempt.Step, Metrics(attempt.Value), attempt.Elapsed, HasModel: false);

    private static ValueMap<double> Metrics(double value) => ValueMap<double>.Empty.With(RunnerSpec.Metric, value);

    private IWithSearchId? Send(ISearchCommand command)
    {
        var decision = SearchDecider.Decide(_state, command, new DecisionContext(options.Clock.GetUtcNow(), _scheduler));
        foreach (var happened in decision.Events)
        {
            _state = SearchEvolver.Apply(_state, happened);
            if (happened is SearchEvents.TrialFinished finished)
            {
                OnFinished(finished);
            }
        }

        if (_state.Lifecycle == SearchLifecycle.Finishing)
        {
            foreach (var lease in _state.OpenLeases.Where(lease => lease.CancelReason is not null))
            {
                _attempts[lease.Lease.Item.TrialId!.Value.Number].End(lease.CancelReason!);
            }
        }

        _changes.Writer.TryWrite(true);
        return decision.Reply;
    }

    private void OnFinished(SearchEvents.TrialFinished finished)
    {
        var trial = _state.Trials[finished.TrialId.Number];
        if (_attempts.TryGetValue(finished.TrialId.Number, out var attempt) && attempt.Outcome is null)
        {
            attempt.End(_state.End?.Explanation ?? trial.Reason?.Text ?? "The trial is over.");
        }

        try
        {
            options.Progress?.Invoke(Summary(trial));
        }
        catch (Exception exception)
        {
            // A stranger's code again, in the middle of a decision: the run ends with it, but not before the decision is complete.
            _fault ??= exception;
        }
    }

    private void Stop()
    {
        lock (_gate)
        {
            Send(new SearchCommands.StopSearch(spec.Name, StopMode.Now));
        }
    }

    private async Task WaitForChangeAsync()
    {
        TimeSpan? until;
        lock (_gate)
        {
            var now = options.Clock.GetUtcNow();
            TimeSpan?[] waits = [_state.NextLimitAfter(now) - now, .. _called.Select(attempt => attempt.UntilOverdue(options.Patience))];
            until = waits.Min();
        }

        using var timer = new CancellationTokenSource();
        var change = _changes.Reader.ReadAsync(timer.Token).AsTask();

        // A limit at a time that has just passed is due now; timers take at most 49 days.
        var wait = until is { } time ? Task.Delay(time < TimeSpan.Zero ? TimeSpan.Zero : time < TimeSpan.FromDays(1) ? time : TimeSpan.FromDays(1), options.Clock, timer.Token) : change;
        await Task.WhenAny(change, wait).ConfigureAwait(false);
        await timer.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(change).ConfigureAwait(false);
    }

    // Trials that still run when the loop ends for whatever reason are cancelled and awaited: no call of a function that heeds its token outlives the run.
    private async Task EndCallsAsync()
    {
        lock (_gate)
        {
            foreach (var attempt in _attempts.Values)
            {
                attempt.End("The run is over.");
            }
        }

        await WaitForCallsAsync().ConfigureAwait(false);
        foreach (var attempt in _attempts.Values.Where(attempt => !attempt.IsAbandoned))
        {
            await attempt.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task WaitForCallsAsync()
    {
        var awaited = _attempts.Values.Where(attempt => !attempt.IsAbandoned).Select(attempt => attempt.Call).ToList();
        using var timer = new CancellationTokenSource();
        await Task.WhenAny(Task.WhenAll(awaited), Task.Delay(options.Patience, options.Clock, timer.Token)).ConfigureAwait(false);
        await timer.CancelAsync().ConfigureAwait(false);
        lock (_gate)
        {
            Abandon(_ => false);
        }
    }

    private TrialSummary Summary(TrialRecord trial) => TrialSummary.Of(trial, _attempts.TryGetValue(trial.Id.Number, out var attempt) ? attempt.Offset : 0);

    private RunnerResult Result(TimeSpan elapsed)
    {
        TrialSummary[] trials = [.. _state.Trials.Select(Summary)];
        if (_state.Best is not { } best)
        {
            var first = trials.FirstOrDefault(trial => trial.State == TrialState.Failed)?.Reason;
            throw new RunFailedException($"{_state.End!.Explanation}{(first is null ? "" : $" The first that failed: {first}")}", trials, _firstFailure);
        }

        return new RunnerResult(trials[best.Id.Number], trials, _state.End!.Reason, _state.End.Explanation, elapsed, SearchView.Of(_state)) { Warnings = [.. _warnings] };
    }
}
