using System.Globalization;
using SearchCluster.Artifacts;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.ModelFiles;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training;

/// <summary>A trial that trains once for each fold, each time on all rows but those of the fold, which it is measured on.</summary>
/// <remarks>
/// Each fold is one measurement, so a scheduler may end the trial after a bad one; the trial's value is the mean over its folds. Preprocessing is fitted
/// anew for each fold, on its training rows only. A fold that was interrupted goes on from its own checkpoint, one that is finished is never trained again.
/// The trial's model is that of the first fold: its validation rows are those that the whole search takes for validation, so predictions and ensembles of several trials compare.
/// Source: Stone, "Cross-Validatory Choice and Assessment of Statistical Predictions", JRSS B 36, 1974.
/// </remarks>
internal sealed class CrossValidation(TrialAssignment assignment, INetworkWorkload workload, Hyperparameters hyperparameters, Device device, WorkContext context, string? traceParent)
{
    private const string Finished = "finished.scm";
    private const string ElapsedSeconds = "elapsedSeconds";

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
            throw new WorkloadConfigurationException($"A trial with folds cannot go on from the checkpoint of trial {donor}; use another scheduler than pbt, or no folds.");
        }

        for (var count = 1; _folds.Count < count;)
        {
            if (context.Cancellation.IsCancellationRequested)
            {
                return Halted();
            }

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

    private AttemptHalted Halted() => new(_folds.Count, _folds.Count == 0 ? null : Result());

    // The first fold is the split of the whole search, which is shared; the others are made for this trial.
    private DataSet Load(int fold) => workload.Data(fold == 0 ? Plan.Data! : FoldData(fold), Plan.SearchSeed, device);

    private DataSpec FoldData(int fold) => Plan.Data! with { Split = Plan.Data.Split with { Fold = fold } };

    /// <summary>Trains and reports the next fold, or takes it as an earlier attempt left it.</summary>
    /// <returns>How the attempt ends; null when it goes on.</returns>
    private WorkOutcome? Train(DataSet data)
    {
        var fold = _folds.Count;
        var artifacts = new FolderedArtifactStore(context.Artifacts, string.Create(CultureInfo.InvariantCulture, $"{ArtifactPaths.Trial(Search, Trial)}/folds/{fold + 1:D3}"));
        if (Find(artifacts) is { } earlier)
        {
            Take(earlier);
            return null;
        }

        using var scope = NewDisposeScope();
        using var trainer = new Trainer(new(Assignment(fold), workload, hyperparameters, data, device, context with { Artifacts = artifacts, Report = _ => { } }, traceParent));
        var outcome = trainer.Run();
        if (outcome is not AttemptCompleted completed)
        {
            return outcome;
        }

        using var stream = artifacts.OpenRead(ArtifactPaths.Model(Search, Trial)) ?? throw new ArtifactException(ModelCodes.CannotOpen, $"Fold {fold + 1} of trial {Trial} left no model.");
        var model = ModelFile.Read(stream);
        if (fold == 0)
        {
            context.Artifacts.Write(ArtifactPaths.Model(Search, Trial), model.Write);
        }

        artifacts.Write(Finished, (model with { Metrics = model.Metrics.With(ElapsedSeconds, completed.Result.Elapsed.TotalSeconds) }).Write);
        Take(new(model.Metrics, completed.Result.Elapsed));
        return null;
    }

    private FoldResult? Find(FolderedArtifactStore artifacts)
    {
        using var stream = artifacts.OpenRead(Finished);
        if (stream is null)
        {
            return null;
        }

        try
        {
            var model = ModelFile.Read(stream);
            return model.Values.Equals(assignment.Values) && model.Metrics.TryGetValue(ElapsedSeconds, out var seconds)
                ? new(new(model.Metrics.Where(metric => metric.Key != ElapsedSeconds)), TimeSpan.FromSeconds(seconds))
                : null;
        }
        catch (Exception damaged) when (damaged is ArtifactException or IOException)
        {
            context.Warn?.Invoke($"Fold {_folds.Count + 1} of trial {Trial} is trained again: {damaged.Message}");
            return null;
        }
    }

    private TrialAssignment Assignment(int fold)
    {
        var time = Plan.TrialTime - context.Clock.GetElapsedTime(_start);
        return assignment with
        {
            Plan = Plan with
            {
                Data = FoldData(fold),
                Objective = Plan.Objective with { Aggregate = ObjectiveAggregate.Best },
                TrialTime = time < TimeSpan.Zero ? TimeSpan.Zero : time,
            },
            FromResource = 0,
            UntilResource = null,
        };
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
        var deviations = _folds.Count < 2 ? [] : _folds[0].Metrics.Keys.Where(name => name.StartsWith(TrialMetrics.Validation + "/", StringComparison.Ordinal))
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
