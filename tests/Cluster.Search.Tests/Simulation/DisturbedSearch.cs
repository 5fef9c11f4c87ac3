using System.Globalization;

namespace SearchCluster.Search.Tests.Simulation;

/// <summary>A whole search over fake workers with everything that chance can do: trials overtake each other, workers are lost and resume
/// from older checkpoints, hear late of stops, and the coordinator dies.</summary>
/// <param name="spec">The specification.</param>
/// <param name="slots">Trials that run at once, where the search allows it.</param>
/// <param name="chance">Seed of all that chance does.</param>
/// <param name="isCalm">True for nothing but different speeds.</param>
internal sealed class DisturbedSearch(SearchSpec spec, int slots, ulong chance, bool isCalm = false)
{
    private const int Epochs = 9;
    private const double Loss = 0.06;
    private const double CoordinatorDeath = 0.02;
    private const double LateStop = 0.6;

    private readonly PriorityQueue<Attempt, (double Time, long Fence)> _running = new();
    private readonly RandomStream _random = new(chance);
    private ITrialScheduler _scheduler = TrialSchedulerCatalog.Create(spec);
    private ISampler _sampler = SamplerCatalog.Create(spec);
    private double _now;

    public SearchState State { get; private set; } = SearchEvolver.Apply(
        null, new SearchEvents.SearchSubmitted(spec.Name, spec, "text", null, Time(0)));

    /// <summary>Time in which slots had no work, as a share of all.</summary>
    public double IdleShare { get; private set; }

    public int Losses { get; private set; }

    public DisturbedSearch Run()
    {
        var idle = 0.0;
        Fill();
        while (!State.IsOver)
        {
            _running.TryDequeue(out var attempt, out var due).ShouldBeTrue($"the search waits for good: {State.Counts}");
            idle += (due.Time - _now) * (slots - _running.Count - 1);
            _now = due.Time;
            Step(attempt!);
            if (!isCalm && _random.NextDouble() < CoordinatorDeath)
            {
                Restart();
            }

            Fill();
        }

        IdleShare = idle / (_now * slots);
        return this;
    }

    /// <summary>What may not depend on chance.</summary>
    public IReadOnlyList<string> Story() =>
    [
        .. State.Trials.Select(trial => string.Create(
            CultureInfo.InvariantCulture,
            $"{trial.Id} {trial.SuggestedValues} -> {trial.Values} seed {trial.Seed} {trial.DataFraction} {trial.Origin}: {trial.State} "
                + $"{trial.Result?.Objective:R} of {trial.Result?.BestResource} until {trial.Result?.LastResource}, model "
                + $"{trial.Result?.HasModel}, {trial.Result?.Metrics} [{string.Join(' ', trial.Curve.Select(m => m.Metrics["value"]))}] "
                + $"{string.Join(' ', trial.Decisions)} {string.Join(' ', trial.Lineage)}")),
        $"{State.Lifecycle} {State.End!.Reason}: {State.End.Explanation} Best {State.Best?.Id}, {State.Exhausted}, "
            + $"{string.Join(' ', State.Narrowings.Select(narrowing => narrowing.Explanation))}",
    ];

    private static DateTimeOffset Time(double seconds) =>
        new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) + TimeSpan.FromSeconds(seconds);

    private static double Value(TrialAssignment trial, int epoch)
    {
        var distance = trial.Values.Entries.Sum(
            entry => entry.Value.TryGetNumber(out var number) ? Math.Abs(number - 0.3) : entry.Value.ToString().Length * 0.1);
        return distance + (0.05 * new RandomStream(trial.Seed + (ulong)epoch).NextDouble()) + (1.0 / epoch);
    }

    private static Measurement Measure(TrialAssignment trial, int epoch) =>
        new(epoch, ValueMap<double>.Empty.With("value", Value(trial, epoch)).With("value2", 1 / Value(trial, epoch)), TimeSpan.Zero);

    private void Fill()
    {
        // The sampler answers at any moment after it was asked.
        while ((isCalm || _random.NextDouble() < 0.7 || _running.Count == 0) && State.SuggestionsWanted(4) is { Count: > 0 } wanted)
        {
            var batch = _sampler.Suggest(SearchView.Of(State), new SuggestionContext(wanted.First, wanted.Count, spec.Seed));
            Send(new SearchCommands.RecordSuggestions(
                spec.Name, wanted.First, batch.Suggestions.ToValueArray(), batch.Exhausted, batch.Narrowing));
            Lease();
        }

        Lease();
    }

    private void Lease()
    {
        while (_running.Count < slots
            && ((SearchReplies.WorkLeased)Send(
                new SearchCommands.LeaseWork(spec.Name, TestSpecs.Worker(), 1))!).Groups is [{ Items: [TrialAssignment trial, ..] }])
        {
            // An attempt goes on from a checkpoint that may be older than the last report; one that was taken over is where it was taken.
            var floor = State.Trials[trial.Lease.Item.TrialId!.Value.Number].Lineage is { IsEmpty: false } lineage
                ? lineage[^1].Resource
                : 0;
            var from = isCalm ? trial.FromResource : trial.FromResource - (int)_random.NextBelow((ulong)(trial.FromResource - floor + 1));
            Enqueue(new Attempt(trial, from, 0, MustEnd: false));
        }
    }

    private void Step(Attempt attempt)
    {
        var trial = attempt.Trial;
        if (!isCalm && _random.NextDouble() < Loss)
        {
            Losses++;
            Send(new SearchCommands.ExpireLease(trial.Lease, "The worker was not heard of."));
        }
        else if (attempt.MustEnd && (isCalm || _random.NextDouble() >= LateStop))
        {
            Report(attempt, new AttemptHalted(attempt.Epoch, Result(trial, attempt.Epoch)));
        }
        else if (attempt.Epoch >= Epochs || attempt.Epoch >= trial.UntilResource)
        {
            Report(attempt, new AttemptCompleted(
                Result(trial, attempt.Epoch), attempt.Epoch >= Epochs ? TrainingStop.AllEpochs : TrainingStop.ResourceLimit));
        }
        else if (trial.Seed % 13 == 0 && attempt.Epoch == 2)
        {
            Report(attempt, new AttemptFailed(new AttemptFailure(TrialFailureKind.WorkloadError, "It failed.")));
        }
        else
        {
            var next = attempt with { Epoch = attempt.Epoch + 1, Seq = attempt.Seq + 1 };
            var reply = (WorkerProtocol.ReportAccepted)Send(
                new SearchCommands.ReportMeasurement(trial.Lease, next.Seq, Measure(trial, next.Epoch), null))!;
            Enqueue(next with
            {
                MustEnd = reply.Decision is { } decision
                && (decision.Action == SchedulingAction.Stop || (!isCalm && _random.NextDouble() < 0.3))
            });
        }
    }

    private void Report(Attempt attempt, WorkOutcome outcome) =>
        Send(new SearchCommands.ReportOutcome(attempt.Trial.Lease, attempt.Seq + 1, outcome, null));

    private static TrialResult Result(TrialAssignment trial, int epoch)
    {
        var best = Enumerable.Range(1, Math.Max(1, epoch)).MinBy(candidate => Value(trial, candidate));
        return new TrialResult(
            Value(trial, best),
            best,
            epoch,
            Measure(trial, best).Metrics.With("test/value", -Value(trial, best)),
            TimeSpan.Zero,
            HasModel: true);
    }

    // A trial that fails or halts ends at once; an epoch takes as long as its trial's size, and sometimes longer.
    private void Enqueue(Attempt attempt) =>
        _running.Enqueue(
            attempt,
            (_now + ((0.5 + (attempt.Trial.Seed % 1000 / 1000.0)) * (isCalm ? 1 : 0.5 + _random.NextDouble())), attempt.Trial.Lease.Fence));

    private void Restart()
    {
        State = SearchSnapshots.FromSnapshot(SearchSnapshots.ToSnapshot(State));
        (_scheduler, _sampler) = (TrialSchedulerCatalog.Create(spec), SamplerCatalog.Create(spec));
        Send(new SearchCommands.MarkRecovered(spec.Name));
    }

    private IWithSearchId? Send(ISearchCommand command)
    {
        var decision = SearchDecider.Decide(State, command, new DecisionContext(Time(_now), _scheduler));
        State = decision.Events.Aggregate(State, SearchEvolver.Apply);
        return decision.Reply;
    }

    private sealed record Attempt(TrialAssignment Trial, int Epoch, long Seq, bool MustEnd);
}
