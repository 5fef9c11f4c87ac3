using System.Globalization;

namespace SearchCluster.Search.Scheduling.PopulationBased;

/// <summary>Population based training: at the end of each generation the worst trials continue from the
/// checkpoints of the best, with perturbed values.</summary>
/// <remarks>
/// <para>Every trial pauses at multiples of the interval. When all of a population reached a generation, they
/// are ranked by their loss there. The worst share takes over: such a trial gets the values of a random trial of the best share, perturbed
/// (<see cref="Exploration"/>), and goes on from its checkpoint; the event says from whom, so the lineage of a trial can be followed. The
/// others go on from their own.</para>
/// <para>A trial takes a checkpoint over at the resource level at which it paused itself: those who take over
/// go first, and a trial whose checkpoint is wanted waits until they have measured something. So curves stay comparable, and which trial
/// takes over from which does not depend on the number of workers.</para>
/// <para>Trials belong to populations in the order of their numbers. Nothing waits for a trial that is over; a
/// population that is not fully suggested waits for its members. The values of a trial are those it trains with last.</para>
/// <para>Source: Jaderberg et al., "Population Based Training of Neural Networks", arXiv:1711.09846, Algorithm
/// 1 with truncation selection. Differs: generations are synchronous, for the reasons above; the price is that slots idle at the end of a
/// generation when it does not fill them.</para>
/// <para>Cost of a decision: O(n log n) of the size of a population.</para>
/// </remarks>
public sealed class PopulationScheduler(SearchSpace space, PopulationOptions options) : ITrialScheduler
{
    private static readonly SchedulingDecision GoesOn = new(SchedulingAction.Continue, new DecisionReason("Its generation is not over."));

    private readonly Exploration _exploration = new(space, options.Perturb, options.Factor, options.Resample);

    /// <inheritdoc />
    public string Name => PopulationOptions.Descriptor.Name;

    /// <inheritdoc />
    public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var observed = view.Trial(trial);
        if (measurement.Resource / options.Interval == observed.PreviousResource / options.Interval)
        {
            return GoesOn;
        }

        var loss = observed.Measured(observed.MeasurementCount - 1).Loss;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"It pauses at the end of generation {measurement.Resource / options.Interval} (resource {measurement.Resource}), "
                + $"its value {LossText.Of(view, loss)}.");
        return new(SchedulingAction.Pause, new DecisionReason(
            text, Rung: measurement.Resource / options.Interval, Resource: measurement.Resource, Value: LossText.Value(view, loss)));
    }

    /// <inheritdoc />
    public NextAction Next(SearchView view)
    {
        var looked = -1;
        foreach (var paused in view.Paused)
        {
            var number = paused.Id.Number / options.Population;
            if (number == looked)
            {
                continue;
            }

            looked = number;
            var population = new Population(view, number * options.Population, options.Population, options.Interval);
            if (population.IsReady && Promotion(view, population) is { } promotion)
            {
                return promotion;
            }
        }

        return view.NextNew is null
            ? new WaitForReports(new DecisionReason("The generation is over when all of its trials reached it."))
            : new StartNewTrial(options.Interval);
    }

    private PromoteTrial? Promotion(SearchView view, Population population)
    {
        var share = (int)Math.Floor(population.Count * options.Quantile);
        var losers = population.Candidates.Where(trial => population.RankOf(trial.Id) > population.Count - share);
        foreach (var trial in losers)
        {
            return TakeOver(view, population, trial, share) ?? GoOn(view, population, trial);
        }

        return population.Candidates
            .Where(trial => !population.IsHeld(trial.Id))
            .Select(trial => GoOn(view, population, trial))
            .FirstOrDefault();
    }

    private PromoteTrial? TakeOver(SearchView view, Population population, ObservedTrial trial, int share)
    {
        var paused = population.Candidates.Select(candidate => candidate.Id.Number).ToHashSet();
        var donors = population.Ranking.Take(share).Where(entry => paused.Contains(entry.Trial) && double.IsFinite(entry.Loss)).ToArray();
        if (donors.Length == 0)
        {
            return null;
        }

        var stream = SeedSequence.Stream(
            view.Spec.Seed, StreamPurpose.Scheduling, ((long)population.Generation << 32) | (uint)trial.Id.Number);
        var donor = donors[(int)stream.NextBelow((ulong)donors.Length)];
        var from = new TrialId(donor.Trial);
        if (_exploration.Draw(view.Trial(from).Values, stream) is not { } values || values.Equals(trial.Values))
        {
            return null;
        }

        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"It takes over trial {from} (rank {population.RankOf(from)}, {LossText.Of(view, donor.Loss)}) with changed values");
        return new PromoteTrial(trial.Id, Until(population), from, Reason(view, population, trial, what, donor.Loss), values);
    }

    private PromoteTrial GoOn(SearchView view, Population population, ObservedTrial trial) =>
        new(
            trial.Id,
            Until(population),
            CheckpointOf: null,
            Reason(view, population, trial, "It goes on from its own checkpoint", cutoff: null));

    private int Until(Population population) => (population.Generation + 1) * options.Interval;

    private static DecisionReason Reason(SearchView view, Population population, ObservedTrial trial, string what, double? cutoff)
    {
        var rank = population.RankOf(trial.Id);
        var loss = population.Ranking[rank - 1].Loss;
        return new DecisionReason(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: rank {rank} of {population.Count} in generation {population.Generation} (resource {trial.Resource}), "
                    + $"its value {LossText.Of(view, loss)}."),
            population.Generation,
            trial.Resource,
            LossText.Value(view, loss),
            cutoff is { } value ? LossText.Value(view, value) : null,
            rank,
            population.Count);
    }
}
