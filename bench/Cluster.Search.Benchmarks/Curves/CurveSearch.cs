using System.Diagnostics;
using SearchCluster.Search.Sampling;
using SearchCluster.Search.Scheduling;

namespace SearchCluster.Search.Benchmarks.Curves;

/// <summary>A search over learning curves: virtual workers take turns of one epoch each, everything else is the
/// product's own decisions.</summary>
internal sealed class CurveSearch
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;
    private static readonly WorkerDescription Worker = new(
        new WorkerId("w"), "w", new DeviceDescription("cpu", "cpu", 0), 1, ValueMap<string>.Empty, "1");

    private readonly SearchSpec _spec;
    private readonly ISampler _sampler;
    private readonly LearningCurves _curves;
    private readonly Dictionary<int, double[]> _known = [];
    private readonly List<(double Any, double Finished)> _regret = [];
    private (double Loss, double Regret) _any = (double.PositiveInfinity, double.NaN);
    private (double Loss, double Regret) _finished = (double.PositiveInfinity, double.NaN);

    public CurveSearch(AlgorithmSpec algorithm, SchedulerSpec scheduler, ulong seed, int trials, int concurrency)
    {
        _spec = new SearchSpec
        {
            Name = new SearchId("bench"),
            Workload = new WorkloadSpec("function", ParameterValues.Empty.With("epochs", ParameterValue.Integer(LearningCurves.Epochs))),
            Objective = new ObjectiveSpec("value", Direction.Minimize),
            Space = LearningCurves.Problem.Space,
            Budget = new BudgetSpec(trials),
            Algorithm = algorithm,
            Seed = seed,
            Scheduler = scheduler,
            Resources = new ResourcesSpec(concurrency),
        };
        _sampler = SamplerCatalog.Create(_spec);
        _curves = new LearningCurves(seed);
        Scheduler = new TimedScheduler(TrialSchedulerCatalog.Create(_spec));
        State = SearchEvolver.Apply(null, new SearchEvents.SearchSubmitted(_spec.Name, _spec, "", null, At));
    }

    public TimedScheduler Scheduler { get; }

    public SearchState State { get; private set; }

    /// <summary>After each epoch: true regret of the trial with the lowest loss observed at any epoch, and of
    /// the one with the lowest loss at epoch 81.</summary>
    public IReadOnlyList<(double Any, double Finished)> Regret => _regret;

    /// <summary>What all suggestions took.</summary>
    public TimeSpan SuggestionTime { get; private set; }

    /// <summary>How many trials trained to their end.</summary>
    public int Finished { get; private set; }

    /// <summary>Runs until nothing is left to do.</summary>
    /// <param name="slots">Trials that run at once.</param>
    public CurveSearch Run(int slots)
    {
        var running = new Attempt?[slots];
        var idle = 0;
        for (var turn = 0; !State.IsOver; turn = (turn + 1) % slots)
        {
            running[turn] ??= Lease();
            idle = running[turn] is null ? idle + 1 : 0;
            if (idle > slots)
            {
                throw new InvalidOperationException($"{_spec.Scheduler!.Type} waits for good: {State.Counts}.");
            }

            running[turn] = running[turn] is { } attempt ? Train(attempt) : null;
        }

        return this;
    }

    private Attempt? Lease()
    {
        while (State.SuggestionsWanted(1) is { Count: > 0 } wanted)
        {
            var started = Stopwatch.GetTimestamp();
            var batch = _sampler.Suggest(SearchView.Of(State), new SuggestionContext(wanted.First, wanted.Count, _spec.Seed));
            SuggestionTime += Stopwatch.GetElapsedTime(started);
            Send(new SearchCommands.RecordSuggestions(_spec.Name, wanted.First, batch.Suggestions.ToValueArray(), batch.Exhausted));
        }

        var leased = (SearchReplies.WorkLeased)Send(new SearchCommands.LeaseWork(_spec.Name, Worker, 1))!;
        return leased.Groups.Count == 0
            ? null
            : new Attempt((TrialAssignment)leased.Groups[0].Items[0], ((TrialAssignment)leased.Groups[0].Items[0]).FromResource, 0);
    }

    private Attempt? Train(Attempt attempt)
    {
        var (trial, epoch, seq) = (attempt.Assignment, attempt.Epoch + 1, attempt.Seq + 1);
        var curve = Curve(trial);
        var metrics = ValueMap<double>.Empty.With("value", curve[epoch - 1]);
        var reply = (WorkerProtocol.ReportAccepted)Send(
            new SearchCommands.ReportMeasurement(trial.Lease, seq, new Measurement(epoch, metrics, TimeSpan.Zero), null))!;
        Observe(trial, epoch, curve[epoch - 1]);
        var result = new TrialResult(curve.Take(epoch).Min(), epoch, epoch, metrics, TimeSpan.Zero, HasModel: false);
        WorkOutcome? outcome = epoch == LearningCurves.Epochs ? new AttemptCompleted(result, TrainingStop.AllEpochs)
            : reply.Decision is not null ? new AttemptHalted(epoch, result)
            : epoch == trial.UntilResource ? new AttemptCompleted(result, TrainingStop.ResourceLimit)
            : null;
        if (outcome is null)
        {
            return attempt with { Epoch = epoch, Seq = seq };
        }

        Send(new SearchCommands.ReportOutcome(trial.Lease, seq + 1, outcome, null));
        return null;
    }

    private double[] Curve(TrialAssignment trial)
    {
        var id = trial.Lease.Item.TrialId!.Value;
        return _known.TryGetValue(id.Number, out var curve) ? curve : _known[id.Number] = _curves.Of(id, trial.Values);
    }

    private void Observe(TrialAssignment trial, int epoch, double loss)
    {
        var regret = LearningCurves.Problem.Evaluate(trial.Values) - LearningCurves.Problem.Optimum;
        _any = loss < _any.Loss ? (loss, regret) : _any;
        if (epoch == LearningCurves.Epochs)
        {
            Finished++;
            _finished = loss < _finished.Loss ? (loss, regret) : _finished;
        }

        _regret.Add((_any.Regret, _finished.Regret));
    }

    private IWithSearchId? Send(ISearchCommand command)
    {
        var decision = SearchDecider.Decide(State, command, new DecisionContext(At, Scheduler));
        State = decision.Events.Aggregate(State, SearchEvolver.Apply);
        return decision.Reply;
    }

    private sealed record Attempt(TrialAssignment Assignment, int Epoch, long Seq);
}
