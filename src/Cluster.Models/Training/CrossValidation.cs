using System.Globalization;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Training.Trials;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training;

/// <summary>A trial that trains once for each fold, each time on all rows but those of the fold, which it is measured on.</summary>
/// <remarks>
/// Each fold is one measurement, so a scheduler may end the trial after a bad one; the trial's value is the
/// mean over its folds. Preprocessing is fitted anew for each fold, on its training rows only. A fold that was interrupted goes on from its
/// own checkpoint, one that is finished is never trained again. The trial's model is that of the first fold: its validation rows are those
/// that the whole search takes for validation, so predictions and ensembles of several trials compare. Source: Stone, "Cross-Validatory
/// Choice and Assessment of Statistical Predictions", JRSS B 36, 1974.
/// </remarks>
internal sealed class CrossValidation(
    TrialAssignment assignment,
    INetworkWorkload workload,
    Hyperparameters hyperparameters,
    Device device,
    WorkContext context,
    string? traceParent)
{
    private readonly List<FoldResult> _folds = [];
    private readonly long _start = context.Clock.GetTimestamp();

    private TrialPlan Plan => assignment.Plan;

    private SearchId Search => assignment.Lease.SearchId;

    private TrialId Trial => assignment.Lease.Item.TrialId!.Value;

    /// <summary>Runs the attempt.</summary>
    /// <returns>How it ended.</returns>
    public WorkOutcome Run()
    {
        if (assignment.CheckpointOf is { } donor)
        {
            throw new WorkloadConfigurationException(
                $"A trial with folds cannot go on from the checkpoint of trial {donor}; use another scheduler than pbt, or no folds.");
        }

        try
        {
            return RunFolds();
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            return Halted();
        }
    }

    private WorkOutcome RunFolds()
    {
        for (var count = 1; _folds.Count < count;)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (_folds.Count > 0 && _folds.Count == assignment.UntilResource)
            {
                return new AttemptCompleted(Result(), TrainingStop.ResourceLimit);
            }

            var data = Load(_folds.Count);
            count = data.Folds!.Value;
            if (Train(data.WithTrainingFraction(assignment.DataFraction ?? 1, Plan.SearchSeed)) is { } outcome)
            {
                return outcome is AttemptHalted ? Halted() : outcome;
            }
        }

        return new AttemptCompleted(Result(), TrainingStop.AllEpochs);
    }

    // What earlier attempts finished stays finished, also when this one was asked to end before it looked.
    private AttemptHalted Halted() => new(Math.Max(_folds.Count, assignment.FromResource), _folds.Count == 0 ? null : Result());

    // The first fold is the split of the whole search, which is shared; the others are made for this trial.
    private DataSet Load(int fold) => workload.Data(Plan, fold == 0 ? Plan.Data! : FoldData(fold), device);

    private DataSpec FoldData(int fold) => Plan.Data! with { Split = Plan.Data.Split with { Fold = fold } };

    /// <summary>Trains and reports the next fold, or takes it as an earlier attempt left it.</summary>
    /// <returns>How the attempt ends; null when it goes on.</returns>
    private WorkOutcome? Train(DataSet data)
    {
        var fold = _folds.Count;
        var folder = string.Create(CultureInfo.InvariantCulture, $"{ArtifactPaths.Trial(Search, Trial)}/folds/{fold + 1:D3}");
        var training = new StoredTraining(
            new(Assignment(fold), workload, hyperparameters, data, device, context, traceParent),
            folder,
            $"Fold {fold + 1} of trial {Trial}");
        var (model, elapsed, ended) = training.Run();
        if (model is null)
        {
            return ended;
        }

        if (fold == 0)
        {
            context.Artifacts.Write(ArtifactPaths.Model(Search, Trial), model.Write);
        }

        Take(new(model.Metrics, elapsed));
        return null;
    }

    private TrialAssignment Assignment(int fold)
    {
        var time = Plan.TrialTime - context.Clock.GetElapsedTime(_start);
        return assignment with { Plan = Plan with { Data = FoldData(fold), TrialTime = time < TimeSpan.Zero ? TimeSpan.Zero : time } };
    }

    private void Take(FoldResult fold)
    {
        _folds.Add(fold);
        if (_folds.Count > assignment.FromResource)
        {
            context.Report(new(_folds.Count, new(fold.Metrics.Where(metric => !IsTest(metric.Key))), Elapsed));
        }
    }

    private TimeSpan Elapsed => _folds.Aggregate(TimeSpan.Zero, (sum, fold) => sum + fold.Elapsed);

    private static bool IsTest(string metric) => metric.StartsWith(TrialMetrics.Test + "/", StringComparison.Ordinal);

    private TrialResult Result()
    {
        var means = _folds[0].Metrics.Keys.Select(name => KeyValuePair.Create(name, _folds.Average(fold => fold.Metrics[name])));
        var deviations = _folds.Count < 2
            ? []
            : _folds[0].Metrics.Keys.Where(name => name.StartsWith(TrialMetrics.Validation + "/", StringComparison.Ordinal))
            .Select(name => KeyValuePair.Create(name + ".sd", Deviation([.. _folds.Select(fold => fold.Metrics[name])])));
        var metrics = new ValueMap<double>(means.Concat(deviations));
        return new(metrics[Plan.Objective.Metric], 1, _folds.Count, metrics, Elapsed, HasModel: true);
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private sealed record FoldResult(ValueMap<double> Metrics, TimeSpan Elapsed);
}
