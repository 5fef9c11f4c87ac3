using SearchCluster.Artifacts;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.ModelFiles;
using SearchCluster.Models.Training.Trials;

namespace SearchCluster.Models.Training;

/// <summary>A training whose result waits in a file for a larger whole: a fold of a trial, a member of an ensemble.</summary>
/// <remarks>
/// One that is finished is taken as it was left, one that was interrupted goes on from its own checkpoint, any other is trained; its
/// measurements are nobody's but its own. Files of releases that wrote no identity are taken when they are of the same configuration.
/// </remarks>
/// <param name="setup">What is trained, with the whole's artifacts.</param>
/// <param name="folder">Where it lies among them.</param>
/// <param name="name">What people call it, for example <c>Fold 2 of trial t0007</c>.</param>
internal sealed class StoredTraining(TrialSetup setup, string folder, string name)
{
    // An attempt that was halted leaves a model too; only a finished one gets this name.
    private const string Finished = "finished.scm";
    private const string ElapsedSeconds = "elapsedSeconds";

    private readonly ArtifactSubfolder _artifacts = new(setup.Context.Artifacts, folder);

    /// <summary>Trains, or takes what an earlier attempt left.</summary>
    /// <returns>The result, or how its training ended without one.</returns>
    /// <exception cref="OperationCanceledException">Somebody asked the attempt to end before this began.</exception>
    public StoredResult Run()
    {
        setup.Context.Heed();
        return Find() is { } earlier ? earlier : Train();
    }

    private StoredResult Train()
    {
        var own = setup with
        {
            Assignment = Alone(setup.Assignment),
            Context = setup.Context with { Artifacts = _artifacts, Report = _ => { } },
        };
        var outcome = Trainer.Run(own);

        // The limit is that of a training; what the whole does next has another one, or none.
        setup.Context.Pulse?.Begin(null);
        if (outcome is not AttemptCompleted completed)
        {
            return new(null, TimeSpan.Zero, outcome is AttemptFailed { Failure: var failure }
                ? new AttemptFailed(failure with { Message = $"{name} could not be trained: {failure.Message}" })
                : outcome);
        }

        using var stream = _artifacts.OpenRead(own.ModelPath)
            ?? throw new ArtifactException(ModelCodes.CannotOpen, $"{name} left no model.");
        var (model, elapsed) = (ModelFile.Read(stream), completed.Result.Elapsed);
        _artifacts.Write(
            Finished, (model with { Identity = setup.Identity, Metrics = model.Metrics.With(ElapsedSeconds, elapsed.TotalSeconds) }).Write);
        return new(model, elapsed, null);
    }

    private StoredResult? Find()
    {
        using var stream = _artifacts.OpenRead(Finished);
        if (stream is null)
        {
            return null;
        }

        try
        {
            var model = ModelFile.Read(stream);
            var isOurs = model.Identity is { } identity ? identity == setup.Identity : model.Values.Equals(setup.Assignment.Values);
            var elapsed = TimeSpan.FromSeconds(model.Metrics.TryGetValue(ElapsedSeconds, out var seconds) ? seconds : 0);
            return isOurs
                ? new(
                    model with { Identity = null, Metrics = new(model.Metrics.Where(metric => metric.Key != ElapsedSeconds)) },
                    elapsed,
                    null)
                : null;
        }
        catch (Exception damaged) when (StoredArtifacts.IsOfContent(damaged))
        {
            setup.Context.Warn?.Invoke($"{name} is trained again: {damaged.Message}");
            return null;
        }
    }

    // Schedulers look at the whole. Where that is judged over folds, each training is judged by the epoch whose weights are kept.
    private static TrialAssignment Alone(TrialAssignment assignment) => assignment with
    {
        FromResource = 0,
        UntilResource = null,
        Plan = assignment.Plan.Data?.Split.Folds is null
            ? assignment.Plan
            : assignment.Plan with { Objective = assignment.Plan.Objective with { Aggregate = Kept(assignment.Plan.EarlyStopping) } },
    };

    private static ObjectiveAggregate Kept(EarlyStoppingSpec? stopping) =>
        stopping is { RestoreBest: false } ? ObjectiveAggregate.Last : ObjectiveAggregate.Best;
}

/// <summary>What a stored training left.</summary>
/// <param name="Model">The model; null when there is none.</param>
/// <param name="Elapsed">How long it trained, over all attempts.</param>
/// <param name="Ended">How the training ended without a model; null when there is one.</param>
internal sealed record StoredResult(ModelFile? Model, TimeSpan Elapsed, WorkOutcome? Ended);
