using SearchCluster.Search.Decisions;
using SearchCluster.Search.Sampling;
using SearchCluster.Search.Scheduling;
using SearchCluster.Search.State;
using SearchCluster.Search.State.Evolution;
using SearchCluster.Search.View;

namespace SearchCluster.TestKit.Searches;

/// <summary>A whole search over virtual workers that train in turns of one epoch: the product's decisions,
/// without actors, clocks and training.</summary>
/// <param name="spec">The specification.</param>
/// <param name="scheduler">What is told each epoch, and says which trials go on.</param>
/// <param name="curve">The value of the objective after an epoch of a trial.</param>
/// <param name="epochs">Epochs of a whole trial.</param>
public sealed class SimulatedSearch(SearchSpec spec, ITrialScheduler scheduler, Func<TrialAssignment, int, double> curve, int epochs)
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WorkerDescription Worker = new(
        new WorkerId("w"), "w", new DeviceDescription("cpu", "cpu", 0), 1, ValueMap<string>.Empty, "1");

    private readonly ISampler _sampler = SamplerCatalog.Create(spec);
    private int _commands;

    /// <summary>The search.</summary>
    public SearchState State { get; private set; } = SearchEvolver.Apply(
        null, new SearchEvents.SearchSubmitted(spec.Name, spec, "text", null, Start));

    /// <summary>All events but the submission.</summary>
    public List<ISearchEvent> Journal { get; } = [];

    /// <summary>Every trial that was handed to a worker.</summary>
    public List<TrialAssignment> Assignments { get; } = [];

    /// <summary>Runs until the search is over.</summary>
    /// <param name="slots">Trials that run at once.</param>
    /// <param name="loss">Probability that a worker is lost in a turn.</param>
    /// <param name="lateStops">Probability that a worker trains another epoch before it hears that its trial is to end.</param>
    /// <param name="seed">Seed of both.</param>
    /// <exception cref="InvalidOperationException">Nothing runs and nothing is leased, but the search is not over.</exception>
    public SimulatedSearch Run(int slots, double loss = 0, double lateStops = 0, ulong seed = 1)
    {
        var (running, random, idle) = (new Attempt?[slots], new RandomStream(seed), 0);
        for (var turn = 0; !State.IsOver; turn = (turn + 1) % slots)
        {
            running[turn] ??= Lease();
            idle = running[turn] is null ? idle + 1 : 0;
            if (idle > slots)
            {
                throw new InvalidOperationException($"The search waits for good: {State.Counts}.");
            }

            if (running[turn] is { } attempt)
            {
                running[turn] = random.NextDouble() < loss ? Lose(attempt) : Train(attempt, hears: random.NextDouble() >= lateStops);
            }
        }

        return this;
    }

    /// <summary>Asks the sampler ahead of demand and leases one trial.</summary>
    public Attempt? Lease()
    {
        while (State.SuggestionsWanted(4) is { Count: > 0 } wanted)
        {
            var batch = _sampler.Suggest(SearchView.Of(State), new SuggestionContext(wanted.First, wanted.Count, spec.Seed));
            Send(new SearchCommands.RecordSuggestions(spec.Name, wanted.First, batch.Suggestions.ToValueArray(), batch.Exhausted));
        }

        var leased = (SearchReplies.WorkLeased)Send(new SearchCommands.LeaseWork(spec.Name, Worker, 1))!;
        if (leased.Groups.Count == 0)
        {
            return null;
        }

        var assignment = (TrialAssignment)leased.Groups[0].Items[0];
        Assignments.Add(assignment);
        return new Attempt(assignment, assignment.FromResource, 0);
    }

    /// <summary>Trains one epoch and reports it, and the end of the attempt where there is one.</summary>
    /// <param name="attempt">Before the epoch.</param>
    /// <param name="hears">True when the worker hears of a decision in time.</param>
    /// <returns>The attempt one epoch later; null when it is over.</returns>
    public Attempt? Train(Attempt attempt, bool hears = true)
    {
        var (trial, epoch, seq) = (attempt.Assignment, attempt.Epoch + 1, attempt.Seq + 1);
        var reply = (WorkerProtocol.ReportAccepted)Send(
            new SearchCommands.ReportMeasurement(trial.Lease, seq, Measurement(trial, epoch), null))!;
        var outcome = Outcome(trial, epoch, mustEnd: hears && reply.Decision is not null);
        if (outcome is null)
        {
            return attempt with { Epoch = epoch, Seq = seq };
        }

        Send(new SearchCommands.ReportOutcome(trial.Lease, seq + 1, outcome, null));
        return null;
    }

    /// <summary>The worker of an attempt is lost.</summary>
    public Attempt? Lose(Attempt attempt)
    {
        Send(new SearchCommands.ExpireLease(attempt.Assignment.Lease, "The worker was not heard of."));
        return null;
    }

    private WorkOutcome? Outcome(TrialAssignment trial, int epoch, bool mustEnd)
    {
        var result = new TrialResult(
            Value(trial, epoch),
            epoch,
            epoch,
            ValueMap<double>.Empty.With(spec.Objective.Metric, Value(trial, epoch)),
            TimeSpan.Zero,
            HasModel: false);
        return epoch >= epochs ? new AttemptCompleted(result, TrainingStop.AllEpochs)
            : epoch == trial.UntilResource ? new AttemptCompleted(result, TrainingStop.ResourceLimit)
            : mustEnd ? new AttemptHalted(epoch, result)
            : null;
    }

    private double Value(TrialAssignment trial, int epoch) => curve(trial, epoch);

    private Measurement Measurement(TrialAssignment trial, int epoch) =>
        new(epoch, ValueMap<double>.Empty.With(spec.Objective.Metric, Value(trial, epoch)), TimeSpan.Zero);

    private IWithSearchId? Send(ISearchCommand command)
    {
        var decision = SearchDecider.Decide(State, command, new DecisionContext(Start + TimeSpan.FromSeconds(_commands++), scheduler));
        State = decision.Events.Aggregate(State, SearchEvolver.Apply);
        Journal.AddRange(decision.Events);
        return decision.Reply;
    }

    /// <summary>A running attempt.</summary>
    /// <param name="Assignment">What the worker was told.</param>
    /// <param name="Epoch">Epochs done.</param>
    /// <param name="Seq">Number of the last report.</param>
    public sealed record Attempt(TrialAssignment Assignment, int Epoch, long Seq);
}
