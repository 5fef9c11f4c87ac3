using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Workloads;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Ensembles;
using SearchCluster.Insight.Analysis;
using SearchCluster.Insight.Wording;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;

namespace SearchCluster.Cli.Commands.Models;

/// <summary>Builds an ensemble from the trials of a search in this process. Only this part and predictions load libtorch.</summary>
internal static class EnsembleBuildRun
{
    private const string Device = "cpu";
    private const int MostNamed = 10;

    /// <summary>Builds and saves the ensemble in the place of the search's present one.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="data">The search.</param>
    /// <param name="ensemble">What to build.</param>
    /// <param name="place">Where its artifacts lie.</param>
    /// <param name="known">The data that the trials learned from; null where that is unknown.</param>
    public static async Task<EnsembleReport> RunAsync(
        CommandContext context, SearchData data, EnsembleSpec ensemble, EnsemblePlace place, DataIdentity? known)
    {
        place.RequireIsNoFile();
        var candidates = await CandidatesAsync(context, data, ensemble, place);
        await place.RequireDataAsync(data.Search, data.Spec, known, Device);
        place.RequireWritable(data.Search);
        var assignment = new EnsembleAssignment(
            new LeaseKey(data.Search, WorkItem.Ensemble, 1, 1), ensemble, candidates, TrialPlan.Of(data.Spec, known));
        var clock = context.Environment.Clock;
        var outcome = await LeavableWork.RunAsync(
            toEnd => new WorkExecutor(Device, context.Workloads.Catalog, context.DataRegistry, place.Data).Run(
                assignment,
                new WorkContext(
                    new StoredArtifacts(place.Store, lease: null, () => toEnd.IsCancellationRequested, clock),
                    _ => { },
                    clock,
                    toEnd,
                    Warn: context.Output.Warn)),
            clock,
            context.Cancellation);
        if (outcome is AttemptFailed { Failure.Kind: TrialFailureKind.StorageUnavailable })
        {
            await place.RequireCoordinatorAsync(data.Search);
        }

        return outcome switch
        {
            EnsembleCompleted completed => completed.Report,
            AttemptFailed { Failure: var failure } =>
                throw EnsembleTrouble.Of(failure, data.Search, data.Spec.Workload.Builtin, place.Name, data.Detail, place.Folder is null),
            _ => throw new OperationCanceledException(context.Cancellation),
        };
    }

    // The journal knows of which trials a model was written; whether it still lies there is seen before the best ones are chosen.
    private static async Task<ValueArray<EnsembleMember>> CandidatesAsync(
        CommandContext context, SearchData data, EnsembleSpec ensemble, EnsemblePlace place)
    {
        var method = EnsembleMethods.Of(ensemble);
        var written = TrialReader.Best(
            data.Trials.Where(trial => SearchData.HasResult(trial) && trial.Result is { HasModel: true }),
            data.Spec.Objective.Direction,
            int.MaxValue,
            data.Spec.Objectives);
        if (written.Count == 0)
        {
            throw new CliException(
                ExitCodes.NoUsableTrial,
                $"Search {data.Search} has no finished trial with a saved model.",
                $"see: searchcluster trials {data.Search}",
                CommandCodes.NoResultYet);
        }

        var (chosen, gone) = (new List<TrialView>(), new List<TrialId>());
        foreach (var trial in written.TakeWhile(_ => chosen.Count < method.Candidates(ensemble)))
        {
            if (method.TakesModels && !await place.HasAsync(ArtifactPaths.Model(data.Search, trial.TrialId)))
            {
                gone.Add(trial.TrialId);
            }
            else
            {
                chosen.Add(trial);
            }
        }

        if (chosen.Count == 0)
        {
            throw new CliException(
                ExitCodes.NotFound,
                $"The ensemble was not built: models of {Format.Count(gone.Count, "trial")} of search {data.Search} were written, but "
                    + $"their files are gone; the best one should lie at {SafeText.Of(place.OfModel(data.Search, gone[0]))}.",
                $"put the files back, or name the state folder that has them: --state DIR; or train anew: searchcluster ensemble build "
                    + $"{data.Search} --type bagging, or {ExtendText.Again(data.Search, data.Detail, 2)}",
                CommandCodes.NoModel);
        }

        if (gone.Count > 0)
        {
            context.Output.Warn(
                $"{Format.Count(gone.Count, "trial")} that would be asked first cannot vote, because the model file is gone: "
                    + $"{string.Join(", ", gone.Take(MostNamed))}{(gone.Count > MostNamed ? ", …" : "")}; the first one should lie at "
                    + $"{SafeText.Of(place.OfModel(data.Search, gone[0]))}.");
        }

        return chosen.Select(trial => new EnsembleMember(trial.TrialId, trial.Values, trial.Objective!.Value)).ToValueArray();
    }
}
