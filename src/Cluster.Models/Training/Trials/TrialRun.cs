using System.Diagnostics;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Training.Continuation;
using SearchCluster.Models.Training.Steps;

namespace SearchCluster.Models.Training.Trials;

/// <summary>One attempt at a trial, without the steps: whoever steps its batches asks it before each one, and
/// tells it what each epoch brought.</summary>
/// <remarks>
/// Each epoch is trained, validated, reported and then checkpointed. How an attempt ends:
/// <list type="table">
/// <item><term>all epochs done, patience over</term><description>completed; the kept weights are measured on
/// the test part and saved</description></item>
/// <item><term>scheduler's resource level reached</term><description>completed with <see cref="TrainingStop.ResourceLimit"/>; the
/// checkpoint survives a power loss</description></item>
/// <item><term>cancelled</term><description>halted at the last checkpoint; kept weights measured and saved, since a stopped trial may join
/// the ensemble</description></item>
/// <item><term>objective or a loss not finite</term><description>failed as diverged, or with <see cref="NonFinitePolicy.Worst"/> training
/// goes on and the value ranks last</description></item>
/// </list>
/// </remarks>
internal sealed class TrialRun
{
    private readonly TrialSetup _setup;
    private readonly TrialProgress _progress;
    private readonly ITrialState _state;
    private readonly TrialCheckpoints _checkpoints;
    private readonly TrialClock _clock;
    private long _epochStart;
    private double? _untrainedLoss;

    /// <param name="setup">What is trained.</param>
    /// <param name="progress">Of a trial that has measured nothing yet.</param>
    /// <param name="state">Its numbers.</param>
    public TrialRun(TrialSetup setup, TrialProgress progress, ITrialState state)
    {
        (_setup, _progress, _state) = (setup, progress, state);
        _checkpoints = new(setup, state, progress.Metrics.PerEpoch);
        _clock = new(setup.Context.Clock, setup.Assignment.Plan.TrialTime);
    }

    /// <summary>How the attempt ended; null while it trains.</summary>
    public WorkOutcome? Outcome { get; private set; }

    public int NextEpoch => _progress.NextEpoch;

    public double LearningRate => _progress.LearningRate;

    private WorkContext Context => _setup.Context;

    private MeasurementHistory History => _progress.History;

    /// <summary>Goes on from the first checkpoint that fits; ends at once when that one is of the end.</summary>
    /// <remarks>
    /// A checkpoint taken over from another trial may be at another resource level than this trial: training
    /// goes on from the checkpoint's. Epochs up to this trial's level are not counted again; what the other trial measured beyond it is
    /// reported as this trial's, whose weights they are now.
    /// </remarks>
    public void Resume()
    {
        foreach (var measurement in _checkpoints.Restore())
        {
            _progress.Take(measurement);
            if (measurement.Resource > _setup.Assignment.FromResource)
            {
                // Its report may have been lost with the process that wrote the checkpoint.
                Context.Report(measurement);
            }
        }

        _clock.Before = History.Count == 0 ? TimeSpan.Zero : History.Last.Elapsed;
        CompleteWhenOver();
    }

    /// <summary>Starts the next epoch.</summary>
    /// <returns>Its span, which the caller ends after <see cref="Take"/>.</returns>
    public Activity? BeginEpoch()
    {
        _epochStart = Context.Clock.GetTimestamp();
        return Span(SpanNames.Epoch);
    }

    public Activity? BeginValidation() => Span(SpanNames.Validate);

    /// <summary>To be called before each step: gives a sign of life, and ends the attempt in time.</summary>
    /// <exception cref="TrialTimeoutException">Its time is over.</exception>
    /// <exception cref="OperationCanceledException">Somebody wants it to end; see <see cref="Halt"/>.</exception>
    public void BeforeStep()
    {
        _clock.Check();
        Context.Heed();
    }

    /// <summary>Takes up what an epoch brought; sets <see cref="Outcome"/> when the trial diverged.</summary>
    /// <param name="trainLoss">Mean loss over the training rows.</param>
    /// <param name="validation">Loss and scores on the validation part.</param>
    /// <param name="untrainedLoss">Loss before the first step; null where another attempt made that.</param>
    public void Take(double trainLoss, double[] validation, double? untrainedLoss = null)
    {
        _untrainedLoss = untrainedLoss;
        var measurement = new Measurement(NextEpoch, _progress.Metrics.Combine(trainLoss, validation), _clock.Elapsed);
        TrainingMetrics.Epoch(Context, _setup.Workload.Descriptor.Name, Context.Clock.GetElapsedTime(_epochStart));
        _progress.Take(measurement);
        if (_progress.KeepsLast)
        {
            _state.Keep();
        }

        Context.Report(measurement);
        Outcome = _progress.Divergence(measurement) is { } failure ? new AttemptFailed(failure) : null;
    }

    /// <summary>Saves what an epoch left, or ends the attempt when it was the last; the epoch's span is over by then.</summary>
    public void EndEpoch()
    {
        if (Outcome is null && _progress.End is null && History.Count % _setup.Assignment.Plan.CheckpointEvery == 0)
        {
            _checkpoints.Write(History.Measurements, ArtifactDurability.ProcessDeath);
        }

        CompleteWhenOver();
    }

    /// <summary>Ends the attempt because somebody asked it to.</summary>
    public void Halt() => Outcome = new AttemptHalted(_checkpoints.Saved, History.Count == 0 ? null : Finish());

    private void CompleteWhenOver()
    {
        if (Outcome is not null || _progress.End is not { } reason)
        {
            return;
        }

        if (reason == TrainingStop.ResourceLimit)
        {
            _checkpoints.Write(History.Measurements, ArtifactDurability.PowerLoss);
        }

        Outcome = new AttemptCompleted(Finish(), reason);
    }

    private TrialResult Finish()
    {
        _state.RestoreKept();
        var kept = History.Kept;
        if (FiniteDivergence.Find(kept.Metrics, _untrainedLoss ?? History.Measurements[0].Metrics[TrialMetrics.TrainLoss]) is { } warning)
        {
            Context.Warn?.Invoke(warning);
        }

        var metrics = _setup.Data.Test is { } test ? _progress.Metrics.WithTest(kept.Metrics, _state.Evaluate(test)) : kept.Metrics;
        var isBest = IsBetterThanBefore();
        if (isBest)
        {
            Context.Artifacts.Write(_setup.ModelPath, _setup.Describe(metrics, _state.StoreKept()).Write);
        }

        return new(History.Objective, kept.Resource, History.Last.Resource, metrics, History.Last.Elapsed, HasModel: isBest);
    }

    // What the trial saved before it took over another one's weights stays its model until it is better: model, values and objective
    // belong together. The coordinator decides by the same comparison.
    private bool IsBetterThanBefore() =>
        _setup.Assignment.TakenOver is not { } takenOver
            || (History.Kept.Resource > takenOver.Resource
                && (!History.KeepsBest
                    || takenOver.Best is not { } before
                    || MeasurementHistory.IsBetter(History.Objective, before, _setup.Assignment.Plan.Objective.Direction)));

    private Activity? Span(string name) => SearchClusterTelemetry.StartSpan(name, _setup.TraceParent)?.SetTag("epoch", NextEpoch);
}
