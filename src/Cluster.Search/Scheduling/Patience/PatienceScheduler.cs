using System.Globalization;

namespace SearchCluster.Search.Scheduling.Patience;

/// <summary>Stops a trial whose own curve brought no improvement for so many reports, whatever the others do.</summary>
/// <remarks>
/// The first finite value sets the mark; a later one improves when it beats the mark by more than the smallest
/// change. Reports within the grace period move the mark but are not counted. A non-finite value improves nothing. Unlike
/// <c>earlyStopping</c>, which the worker applies to any metric and counts as the trial's natural end, this is the coordinator's decision
/// about the objective. Cost: O(1) for each report.
/// </remarks>
public sealed class PatienceScheduler(PatienceOptions options) : ITrialScheduler
{
    private static readonly SchedulingDecision GoesOn = new(SchedulingAction.Continue, new DecisionReason("It improved recently."));

    private readonly List<Wait> _waits = [];

    /// <inheritdoc />
    public string Name => PatienceOptions.Descriptor.Name;

    /// <inheritdoc />
    public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var wait = Follow(view.Trial(trial));
        if (wait.Reports < options.Patience)
        {
            return GoesOn;
        }

        var value = LossText.Of(view, wait.Mark);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"It stops at resource {measurement.Resource}: no improvement on {value} for {wait.Reports} reports in a row.");
        return new(SchedulingAction.Stop, new DecisionReason(
            text, Resource: measurement.Resource, Value: LossText.Value(view, wait.Last), Cutoff: LossText.Value(view, wait.Mark)));
    }

    /// <inheritdoc />
    public NextAction Next(SearchView view) => NextAction.Start;

    /// <summary>Takes the measurements of a trial that were not taken yet; a function of its curve.</summary>
    private Wait Follow(ObservedTrial trial)
    {
        while (_waits.Count <= trial.Id.Number)
        {
            _waits.Add(new Wait(0, double.PositiveInfinity, double.PositiveInfinity, 0));
        }

        var wait = _waits[trial.Id.Number];
        for (var i = wait.Taken; i < trial.MeasurementCount; i++)
        {
            var (resource, loss) = trial.Measured(i);
            var improves = loss < wait.Mark - options.MinDelta;
            wait = new Wait(
                i + 1,
                improves ? loss : wait.Mark,
                double.IsNaN(loss) ? wait.Last : loss,
                improves || resource <= options.Grace ? 0 : wait.Reports + 1);
        }

        return _waits[trial.Id.Number] = wait;
    }

    private readonly record struct Wait(int Taken, double Mark, double Last, int Reports);
}
