using System.Diagnostics;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Training.Steps;
using SearchCluster.Models.Training.Trials;

namespace SearchCluster.Models.Training.Continuation;

/// <summary>Writes the checkpoints of a trial, and finds the one that it goes on from.</summary>
/// <remarks>
/// Checkpoints between epochs survive the death of the process, not a power loss: after one, an older checkpoint or none is found and
/// training repeats what is missing, with the same numbers.
/// </remarks>
/// <param name="setup">The trial.</param>
/// <param name="state">What is saved and restored.</param>
/// <param name="metrics">Names of the metrics of a measurement.</param>
internal sealed class TrialCheckpoints(TrialSetup setup, ITrialState state, ValueArray<string> metrics)
{
    /// <summary>Resource level of the trial's own last checkpoint; 0 for none.</summary>
    public int Saved { get; private set; }

    /// <summary>Writes the state after the last measurement.</summary>
    public void Write(IReadOnlyList<Measurement> measurements, ArtifactDurability durability)
    {
        using var span = Span()?.SetTag("epoch", measurements.Count);
        var started = setup.Context.Clock.GetTimestamp();
        setup.Context.Artifacts.Write(
            setup.CheckpointPath, stream => state.WriteCheckpoint(stream, setup.Identity, metrics, measurements), durability);
        TrainingMetrics.Checkpoint(setup.Context, setup.Context.Clock.GetElapsedTime(started));
        Saved = measurements.Count;
    }

    /// <summary>Takes over the first checkpoint that fits.</summary>
    /// <returns>Its measurements; none when training starts over.</returns>
    public IReadOnlyList<Measurement> Restore()
    {
        foreach (var source in setup.CheckpointSources)
        {
            if (TryRestore(source) is { } measurements)
            {
                // A trial that took over has no checkpoint of its own before it saved one.
                Saved = source.Donor is null ? measurements.Count : 0;
                return measurements;
            }
        }

        return [];
    }

    private IReadOnlyList<Measurement>? TryRestore(CheckpointSource source)
    {
        using var stream = setup.Context.Artifacts.OpenRead(source.Path);
        if (stream is null)
        {
            return source.Donor is { } missing ? Ignore(source, $"trial {missing} has saved none.") : null;
        }

        try
        {
            return state.Restore(TrialCheckpoint.Read(stream), source.Identity, metrics);
        }
        catch (ArtifactException misfit) when (source.Donor is { } donor && misfit.Code == TensorCodec.MismatchCode)
        {
            throw new WorkloadConfigurationException(
                $"The trial cannot go on from the checkpoint of trial {donor} with its changed values: {misfit.Message} Let the scheduler "
                    + $"change only parameters that keep network and optimizer (pbt: perturb: real).");
        }
        catch (Exception damaged) when (StoredArtifacts.IsOfContent(damaged))
        {
            return source.IsExpected ? Ignore(source, damaged.Message) : null;
        }
    }

    private IReadOnlyList<Measurement>? Ignore(CheckpointSource source, string why)
    {
        var message = $"Checkpoint {source.Path} is ignored and training starts over: {why}";
        using var span = Span();
        span?.AddEvent(new ActivityEvent("checkpoint.ignored", default, new() { ["reason"] = message })).SetStatus(
            ActivityStatusCode.Error, message);
        setup.Context.Warn?.Invoke(message);
        return null;
    }

    private Activity? Span() => SearchClusterTelemetry.StartSpan(SpanNames.Checkpoint, setup.TraceParent);
}
