using SearchCluster.Models.Attempts;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Models.Training.Trials;

/// <summary>What the measurements of a trial mean: whether it goes on, with which step size, what is kept of it, and whether it diverged.
/// It touches no network and no file.</summary>
internal sealed class TrialProgress
{
    private readonly TrainingRecipe _recipe;
    private readonly ObjectiveSpec _objective;
    private readonly int? _until;
    private readonly PatienceRule? _patience;
    private bool _isPatienceOver;

    /// <param name="assignment">What is asked for.</param>
    /// <param name="recipe">Epochs and step sizes.</param>
    /// <param name="task">What is measured.</param>
    /// <exception cref="Configuration.WorkloadConfigurationException">The objective or the metric of early
    /// stopping is not measured.</exception>
    public TrialProgress(TrialAssignment assignment, TrainingRecipe recipe, ITask task)
    {
        (_recipe, _objective, _until) = (recipe, assignment.Plan.Objective, assignment.UntilResource);
        Metrics = new(task);
        Metrics.Require(_objective.Metric, "the objective");
        var stopping = assignment.Plan.EarlyStopping;
        var watched = stopping?.Metric ?? _objective.Metric;
        Metrics.Require(watched, "early stopping");
        _patience = stopping is null ? null : new(stopping, watched, Metrics.DirectionOf(watched, _objective));
        History = new(_objective, stopping?.RestoreBest ?? true, assignment.TakenOver?.Resource ?? 0);
    }

    public TrialMetrics Metrics { get; }

    public MeasurementHistory History { get; }

    public int NextEpoch => History.Count + 1;

    /// <summary>Step size of the next epoch.</summary>
    public double LearningRate => _recipe.LearningRate.At(
        NextEpoch, [.. History.Measurements.Select(measurement => measurement.Metrics[TrialMetrics.ValidationLoss])]);

    /// <summary>True when the weights of the last epoch are those to keep.</summary>
    public bool KeepsLast => !History.KeepsBest || History.KeptIndex == History.Count - 1;

    /// <summary>Why training is over; null while it goes on.</summary>
    public TrainingStop? End =>
        _isPatienceOver ? TrainingStop.Patience
        : History.Count >= _recipe.Epochs ? TrainingStop.AllEpochs
        : History.Count >= _until ? TrainingStop.ResourceLimit
        : null;

    /// <summary>Takes the next measurement into account.</summary>
    public void Take(Measurement measurement)
    {
        History.Add(measurement);
        _isPatienceOver = _patience?.IsOver(measurement) ?? false;
    }

    /// <summary>The failure of a trial whose objective or losses are no numbers any more; null for none, or
    /// where that only ranks last.</summary>
    public AttemptFailure? Divergence(Measurement measurement) =>
        _objective.OnNonFinite == NonFinitePolicy.FailTrial
        && Metrics.Losses.Append(_objective.Metric).FirstOrDefault(metric => !double.IsFinite(measurement.Metrics[metric])) is { } metric
            ? new(TrialFailureKind.Diverged, FormattableString.Invariant(
                $"{metric} is {measurement.Metrics[metric]} after epoch {measurement.Resource}; the step size is probably too large."))
            : null;
}
