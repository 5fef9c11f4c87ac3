using SearchCluster.Models.Configuration;
using SearchCluster.Models.Tasks;

namespace SearchCluster.Models.Training.Trials;

/// <summary>Names, directions and order of the metrics of a task.</summary>
internal sealed class TrialMetrics
{
    public const string TrainLoss = "train/loss";
    public const string Validation = "val";
    public const string Test = "test";
    public const string ValidationLoss = Validation + "/" + Loss;
    private const string Loss = "loss";

    private readonly ScoreDefinition[] _evaluated;

    public TrialMetrics(ITask task)
    {
        _evaluated = [new(Loss, Direction.Minimize), .. task.Scores];
        PerEpoch = [TrainLoss, .. _evaluated.Select(entry => $"{Validation}/{entry.Name}")];
        Losses = [TrainLoss, ValidationLoss];
    }

    /// <summary>Metrics of a measurement, in the order of a checkpoint's columns.</summary>
    public ValueArray<string> PerEpoch { get; }

    /// <summary>Losses among them; not finite means diverged.</summary>
    public ValueArray<string> Losses { get; }

    public ValueMap<double> Combine(double trainLoss, double[] validation) =>
        new(PerEpoch.Zip([trainLoss, .. validation], (name, value) => KeyValuePair.Create(name, value)));

    public IEnumerable<KeyValuePair<string, double>> Name(string part, double[] evaluated) =>
        _evaluated.Select((entry, index) => KeyValuePair.Create($"{part}/{entry.Name}", evaluated[index]));

    /// <summary>Checks that a metric is measured each epoch.</summary>
    public void Require(string metric, string usage)
    {
        if (!PerEpoch.Contains(metric))
        {
            throw new WorkloadConfigurationException(
                $"Metric '{DisplayText.Shorten(metric)}' of {usage} is not measured each epoch; use one of {string.Join(", ", PerEpoch)}.");
        }

        if (_evaluated.FirstOrDefault(entry => metric == $"{Validation}/{entry.Name}")?.Constant is { } reason)
        {
            throw new WorkloadConfigurationException(
                $"Metric '{metric}' of {usage} {reason}, so it cannot choose between trials; use {Validation}/accuracy or "
                    + $"{ValidationLoss}.");
        }
    }

    /// <summary>Tells which end of a metric is better: the objective's own word for its metric, the workload's for the others.</summary>
    public Direction DirectionOf(string metric, ObjectiveSpec objective) => metric == objective.Metric
        ? objective.Direction
        : _evaluated
            .Where(entry => metric == $"{Validation}/{entry.Name}")
            .Select(entry => entry.Direction)
            .FirstOrDefault(Direction.Minimize);

    /// <summary>Adds the metrics of the test part.</summary>
    public ValueMap<double> WithTest(ValueMap<double> metrics, double[] evaluated) =>
        Name(Test, evaluated).Aggregate(metrics, (all, entry) => all.With(entry.Key, entry.Value));
}
