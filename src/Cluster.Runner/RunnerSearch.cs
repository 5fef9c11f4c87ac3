using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using SearchCluster.Search.Decisions;
using SearchCluster.Search.Sampling;
using SearchCluster.Search.Scheduling;
using SearchCluster.Search.State;
using SearchCluster.Search.State.Evolution;
using SearchCluster.Search.View;

namespace SearchCluster.Runner;

/// <summary>The search of a run: its state, the attempts at its trials, and every decision about them, which
/// are those of the product.</summary>
/// <remarks>Every member is used under the lock of the run; nothing here waits or calls the function.</remarks>
internal sealed class RunnerSearch(SearchSpec spec, RunnerOptions options)
{
    private static readonly WorkerDescription Worker = new(
        new WorkerId("local"), "local", new DeviceDescription("cpu", "this process", 0), 1, ValueMap<string>.Empty, "1");

    private readonly ITrialScheduler _scheduler = TrialSchedulerCatalog.Create(spec);
    private readonly Dictionary<int, RunnerAttempt> _attempts = [];
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Exception? _fault;

    /// <summary>Where the search stands.</summary>
    public SearchState State { get; private set; } = SearchEvolver.Apply(
        null, new SearchEvents.SearchSubmitted(spec.Name, spec, "", null, options.Clock.GetUtcNow()));

    /// <summary>Tells of decisions; one that was not read yet stands for all later ones.</summary>
    public ChannelReader<bool> Changes => _changes.Reader;

    /// <summary>The attempts so far, one for each trial that was leased.</summary>
    public IReadOnlyCollection<RunnerAttempt> Attempts => _attempts.Values;

    /// <summary>Tells whether what an attempt does still counts.</summary>
    public bool IsCurrent(RunnerAttempt attempt) => State.Leases.ContainsKey(attempt.Lease.Fence);

    /// <summary>Looks at the limits of the search, and passes on what the caller's progress threw.</summary>
    /// <returns>True when the search is over.</returns>
    public bool CheckIsOver()
    {
        Send(new SearchCommands.CheckLimits(spec.Name));
        if (_fault is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }

        return State.IsOver;
    }

    public void Record(TrialId first, SuggestionBatch batch) =>
        Send(new SearchCommands.RecordSuggestions(spec.Name, first, batch.Suggestions.ToValueArray(), batch.Exhausted, batch.Narrowing));

    public void Stop() => Send(new SearchCommands.StopSearch(spec.Name, StopMode.Now));

    /// <summary>Takes the trial that runs next.</summary>
    /// <returns>Its assignment, with the attempt that waits for it when it was paused; null when nothing is to run.</returns>
    public (TrialAssignment Assignment, RunnerAttempt? Paused)? Lease()
    {
        var leased = (SearchReplies.WorkLeased)Send(new SearchCommands.LeaseWork(spec.Name, Worker, 1))!;
        if (leased.Groups.Count == 0)
        {
            return null;
        }

        var assignment = (TrialAssignment)leased.Groups[0].Items[0];
        return (assignment, _attempts.GetValueOrDefault(assignment.Lease.Item.TrialId!.Value.Number));
    }

    /// <summary>Takes the attempt at a trial that was leased for the first time.</summary>
    public void Add(RunnerAttempt attempt) => _attempts.Add(attempt.Lease.Item.TrialId!.Value.Number, attempt);

    /// <summary>Takes a measurement.</summary>
    /// <returns>What the scheduler decided; null to go on.</returns>
    public SchedulingDecision? Measure(RunnerAttempt attempt, int step, double value)
    {
        attempt.Measured(step, value);
        var reply = Send(new SearchCommands.ReportMeasurement(
            attempt.Lease, attempt.NextSeq(), new Measurement(step, Metrics(value), attempt.Elapsed), null));
        return ((WorkerProtocol.ReportAccepted)reply!).Decision;
    }

    public void Report(RunnerAttempt attempt, WorkOutcome outcome) =>
        Send(new SearchCommands.ReportOutcome(attempt.Lease, attempt.NextSeq(), outcome, null));

    public static TrialResult ResultOf(RunnerAttempt attempt) =>
        new(attempt.Value, attempt.Step, attempt.Step, Metrics(attempt.Value), attempt.Elapsed, HasModel: false);

    /// <summary>What the run came to.</summary>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="firstFailure">What the function threw first; null for nothing.</param>
    /// <exception cref="RunFailedException">No trial has a result.</exception>
    public RunnerResult Result(TimeSpan elapsed, Exception? firstFailure)
    {
        TrialSummary[] trials = [.. State.Trials.Select(Summary)];
        if (State.Best is not { } best)
        {
            var first = trials.FirstOrDefault(trial => trial.State == TrialState.Failed)?.Reason;
            throw new RunFailedException(
                $"{State.End!.Explanation}{(first is null ? "" : $" The first that failed: {first}")}", trials, firstFailure);
        }

        return new RunnerResult(trials[best.Id.Number], trials, State.End!.Reason, State.End.Explanation, elapsed, SearchView.Of(State));
    }

    private TrialSummary Summary(TrialRecord trial) =>
        TrialSummary.Of(trial, _attempts.TryGetValue(trial.Id.Number, out var attempt) ? attempt.Offset : 0);

    private static ValueMap<double> Metrics(double value) => ValueMap<double>.Empty.With(RunnerSpec.Metric, value);

    private IWithSearchId? Send(ISearchCommand command)
    {
        var decision = SearchDecider.Decide(State, command, new DecisionContext(options.Clock.GetUtcNow(), _scheduler));
        foreach (var happened in decision.Events)
        {
            State = SearchEvolver.Apply(State, happened);
            if (happened is SearchEvents.TrialFinished finished)
            {
                OnFinished(finished);
            }
        }

        if (State.Lifecycle == SearchLifecycle.Finishing)
        {
            foreach (var lease in State.OpenLeases.Where(lease => lease.CancelReason is not null))
            {
                _attempts[lease.Lease.Item.TrialId!.Value.Number].End(lease.CancelReason!);
            }
        }

        _changes.Writer.TryWrite(true);
        return decision.Reply;
    }

    private void OnFinished(SearchEvents.TrialFinished finished)
    {
        var trial = State.Trials[finished.TrialId.Number];
        if (_attempts.TryGetValue(finished.TrialId.Number, out var attempt) && attempt.Outcome is null)
        {
            attempt.End(State.End?.Explanation ?? trial.Reason?.Text ?? "The trial is over.");
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
}
