using System.Diagnostics;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Optimizers;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Models.Training;

/// <summary>The training loop of every network workload: one trial, one attempt, one thread.</summary>
/// <remarks>
/// Each epoch is trained, validated, reported and then checkpointed. How an attempt ends:
/// <list type="table">
/// <item><term>all epochs done, patience over</term><description>completed; the kept weights are measured on the test part and saved</description></item>
/// <item><term>scheduler's resource level reached</term><description>completed with <see cref="TrainingStop.ResourceLimit"/>; the checkpoint survives a power loss</description></item>
/// <item><term>cancelled</term><description>halted at the last checkpoint; kept weights measured and saved, since a stopped trial may join the ensemble</description></item>
/// <item><term>objective or a loss not finite</term><description>failed as diverged, or with <see cref="NonFinitePolicy.Worst"/> training goes on and the value ranks last</description></item>
/// </list>
/// Checkpoints between epochs survive the death of the process, not a power loss: after one, an older checkpoint or none is found and
/// training repeats what is missing, with the same numbers.
/// </remarks>
internal sealed class Trainer : IDisposable
{
    private readonly TrialSetup _setup;
    private readonly TrainingRecipe _recipe;
    private readonly TrialMetrics _metrics;
    private readonly NoiseSource _noise;
    private readonly TrialNetwork _network;
    private readonly IParameterOptimizer _optimizer;
    private readonly EpochRunner _runner;
    private readonly MeasurementHistory _history;
    private readonly PatienceRule? _patience;
    private readonly TrialClock _clock;
    private int _checkpointed;
    private bool _isPatienceOver;

    public Trainer(TrialSetup setup, Func<IReadOnlyList<TorchSharp.Modules.Parameter>, OptimizerOptions, IParameterOptimizer>? createOptimizer = null)
    {
        _setup = setup;
        var plan = setup.Assignment.Plan;
        _recipe = setup.Workload.RecipeOf(setup.Hyperparameters);
        var task = setup.Workload.TaskOf(setup.Hyperparameters, TaskContext.Of(setup.Data));
        _metrics = new(task);
        _metrics.Require(plan.Objective.Metric, "the objective");
        var watched = plan.EarlyStopping?.Metric ?? plan.Objective.Metric;
        _metrics.Require(watched, "early stopping");
        _patience = plan.EarlyStopping is null ? null : new(plan.EarlyStopping, watched, _metrics.DirectionOf(watched, plan.Objective));
        _history = new(plan.Objective, plan.EarlyStopping?.RestoreBest ?? true);
        _clock = new(setup.Context.Clock, plan.TrialTime);

        MemoryGuard.Check(setup.Workload.CountParameters(setup.Hyperparameters, setup.Data.Shape), setup.Device);
        _noise = new(setup.Assignment.Seed, setup.Device);
        var module = setup.Workload.NetworkOf(new(setup.Hyperparameters, setup.Data.Shape, setup.Assignment.Seed, _noise, setup.Context.Artifacts));
        if (plan.Workload.Pretrained is { } pretrained)
        {
            PretrainedEncoder.Fill(module, pretrained, setup.Context.Artifacts);
        }

        _network = new(module);
        _optimizer = (createOptimizer ?? ParameterOptimizers.Create)(_network.Parameters, _recipe.Optimizer);
        _runner = new(task, setup.Data, _network, _optimizer, _recipe, _noise, plan.SearchSeed, setup.Workload.CreateAugmentation(setup.Hyperparameters, setup.Data.Shape))
        {
            BeforeEvaluation = () => setup.Context.Pulse?.Beat(),
        };
    }

    private WorkContext Context => _setup.Context;

    /// <summary>Runs the attempt.</summary>
    /// <returns>How it ended.</returns>
    public WorkOutcome Run()
    {
        try
        {
            Resume();
            while (EndReason() is null)
            {
                var measurement = RunEpoch(_history.Count + 1);
                if (Diverges(measurement) is { } failure)
                {
                    return failure;
                }

                if (EndReason() is null && _history.Count % _setup.Assignment.Plan.CheckpointEvery == 0)
                {
                    WriteCheckpoint(ArtifactDurability.ProcessDeath);
                }
            }

            var reason = EndReason()!.Value;
            if (reason == TrainingStop.ResourceLimit)
            {
                WriteCheckpoint(ArtifactDurability.PowerLoss);
            }

            return new AttemptCompleted(Finish(), reason);
        }
        catch (OperationCanceledException) when (Context.Cancellation.IsCancellationRequested)
        {
            return new AttemptHalted(_checkpointed, _history.Count == 0 ? null : Finish());
        }
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _noise.Dispose();
    }

    private TrainingStop? EndReason() =>
        _isPatienceOver ? TrainingStop.Patience
        : _history.Count >= _recipe.Epochs ? TrainingStop.AllEpochs
        : _history.Count >= _setup.Assignment.UntilResource ? TrainingStop.ResourceLimit
        : null;

    private Measurement RunEpoch(int epoch)
    {
        using var span = Span(SpanNames.Epoch)?.SetTag("epoch", epoch);
        var started = Context.Clock.GetTimestamp();
        var trainLoss = _runner.Train(epoch, _recipe.LearningRate.At(epoch, _history.ValidationLosses), BeforeStep);
        double[] validation;
        using (Span(SpanNames.Validate)?.SetTag("epoch", epoch))
        {
            validation = _runner.Evaluate(_setup.Data.Validation);
        }

        var measurement = new Measurement(epoch, _metrics.Combine(trainLoss, validation), _clock.Elapsed);
        TrainingMetrics.Epoch(Context, _setup.Workload.Descriptor.Name, Context.Clock.GetElapsedTime(started));
        Take(measurement);
        if (!_history.KeepsBest || _history.KeptIndex == _history.Count - 1)
        {
            _network.Keep();
        }

        Context.Report(measurement);
        return measurement;
    }

    private void BeforeStep()
    {
        _clock.Check();
        Context.Step();
    }

    private void Take(Measurement measurement)
    {
        _history.Add(measurement);
        _isPatienceOver = _patience?.IsOver(measurement) ?? false;
    }

    private AttemptFailed? Diverges(Measurement measurement)
    {
        var objective = _setup.Assignment.Plan.Objective;
        return objective.OnNonFinite == NonFinitePolicy.FailTrial
            && _metrics.Losses.Append(objective.Metric).FirstOrDefault(metric => !double.IsFinite(measurement.Metrics[metric])) is { } metric
                ? new AttemptFailed(new(TrialFailureKind.Diverged, FormattableString.Invariant($"{metric} is {measurement.Metrics[metric]} after epoch {measurement.Resource}; the step size is probably too large.")))
                : null;
    }

    private TrialResult Finish()
    {
        _network.RestoreKept();
        var kept = _history.Kept;
        var metrics = _metrics.WithTest(kept.Metrics, _runner, _setup.Data.Test);
        Context.Artifacts.Write(_setup.ModelPath, _setup.Describe(metrics, _network).Write);
        return new(_history.Objective, kept.Resource, _history.Last.Resource, metrics, _history.Last.Elapsed, HasModel: true);
    }

    private void WriteCheckpoint(ArtifactDurability durability)
    {
        using var span = Span(SpanNames.Checkpoint)?.SetTag("epoch", _history.Count);
        var started = Context.Clock.GetTimestamp();
        Context.Artifacts.Write(
            _setup.CheckpointPath,
            stream => TrialCheckpoint.Write(stream, _setup.Identity, _network, _optimizer, _metrics.PerEpoch, _history.Measurements),
            durability);
        TrainingMetrics.Checkpoint(Context, Context.Clock.GetElapsedTime(started));
        _checkpointed = _history.Count;
    }

    /// <summary>Goes on from the first checkpoint that fits.</summary>
    /// <remarks>
    /// A checkpoint taken over from another trial may be at another resource level than this trial: training goes on from the checkpoint's. Epochs
    /// up to this trial's level are not counted again; what the other trial measured beyond it is reported as this trial's, whose weights they are now.
    /// </remarks>
    private void Resume()
    {
        foreach (var source in _setup.CheckpointSources)
        {
            if (TryRestore(source) is not { } measurements)
            {
                continue;
            }

            foreach (var measurement in measurements)
            {
                Take(measurement);
                if (measurement.Resource > _setup.Assignment.FromResource)
                {
                    // Its report may have been lost with the process that wrote the checkpoint.
                    Context.Report(measurement);
                }
            }

            // A trial that took over has no checkpoint of its own before it saved one.
            _checkpointed = source.Donor is null ? _history.Count : 0;
            _clock.Before = _history.Last.Elapsed;
            return;
        }
    }

    private IReadOnlyList<Measurement>? TryRestore(CheckpointSource source)
    {
        using var stream = Context.Artifacts.OpenRead(source.Path);
        if (stream is null)
        {
            return source.Donor is { } missing ? Ignore(source, $"trial {missing} has saved none.") : null;
        }

        try
        {
            return TrialCheckpoint.Read(stream).Restore(source.Identity, _network, _optimizer, _metrics.PerEpoch);
        }
        catch (ArtifactException misfit) when (source.Donor is { } donor && misfit.Code == TensorCodec.MismatchCode)
        {
            throw new WorkloadConfigurationException(
                $"The trial cannot go on from the checkpoint of trial {donor} with its changed values: {misfit.Message} Let the scheduler change only parameters that keep network and optimizer (pbt: perturb: real).");
        }
        catch (Exception damaged) when (damaged is ArtifactException or IOException)
        {
            return source.IsExpected ? Ignore(source, damaged.Message) : null;
        }
    }

    private IReadOnlyList<Measurement>? Ignore(CheckpointSource source, string why)
    {
        var message = $"Checkpoint {source.Path} is ignored and training starts over: {why}";
        using var span = Span(SpanNames.Checkpoint);
        span?.AddEvent(new ActivityEvent("checkpoint.ignored", default, new() { ["reason"] = message })).SetStatus(ActivityStatusCode.Error, message);
        Context.Warn?.Invoke(message);
        return null;
    }

    private Activity? Span(string name) => SearchClusterTelemetry.StartSpan(name, _setup.TraceParent);
}
