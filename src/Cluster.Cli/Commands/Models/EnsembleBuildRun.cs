using SearchCluster.Artifacts;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts.Ensembles;
using SearchCluster.Insight.Analysis;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;

namespace SearchCluster.Cli.Commands.Models;

/// <summary>Builds an ensemble from the trials of a search in this process. Only this part and predictions load libtorch.</summary>
internal static class EnsembleBuildRun
{
    /// <summary>Builds and saves the ensemble in the place of the search's present one.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="data">The search.</param>
    /// <param name="ensemble">What to build.</param>
    /// <param name="artifactFolder">Where its artifacts lie.</param>
    /// <param name="known">The data that the trials learned from; null where that is unknown.</param>
    /// <returns>The report.</returns>
    public static async Task<EnsembleReport> RunAsync(
        CommandContext context, SearchData data, EnsembleSpec ensemble, string artifactFolder, DataIdentity? known)
    {
        var candidates = data.Trials.Where(trial => SearchData.HasResult(trial) && trial.Result is { HasModel: true })
            .OrderBy(trial => data.InDirection(trial.Objective!.Value)).ThenBy(trial => trial.TrialId)
            .Take(EnsembleMethods.Of(ensemble).Candidates(ensemble))
            .Select(trial => new EnsembleMember(trial.TrialId, trial.Values, trial.Objective!.Value)).ToValueArray();
        if (candidates.Count == 0)
        {
            throw new CliException(
                ExitCodes.NoUsableTrial,
                $"Search {data.Search} has no finished trial with a saved model.",
                $"see: searchcluster trials {data.Search}",
                CommandCodes.NoResultYet);
        }

        RequireWritable(Path.Combine(artifactFolder, ArtifactPaths.Search(data.Search)));
        var assignment = new EnsembleAssignment(
            new LeaseKey(data.Search, WorkItem.Ensemble, 1, 1), ensemble, candidates, TrialPlan.Of(data.Spec, known));
        var work = new WorkContext(
            new StoredArtifacts(new FolderArtifactStore(artifactFolder)),
            _ => { },
            context.Environment.Clock,
            context.Cancellation,
            Warn: context.Output.Warn);
        var outcome = await Task.Run(
            () => new WorkExecutor("cpu", context.Workloads.Catalog, context.DataRegistry).Run(assignment, work), context.Cancellation);
        return outcome switch
        {
            EnsembleCompleted completed => completed.Report,
            AttemptFailed { Failure: { Kind: TrialFailureKind.StorageUnavailable } failure } =>
                throw Unwritable(failure.Message, artifactFolder),
            AttemptFailed { Failure: var failure } => throw new CliException(
                ExitCodes.NoUsableTrial,
                $"The ensemble was not built: {SafeText.Of(failure.Message)}",
                $"see: searchcluster trials {data.Search}",
                ModelCodes.NoMembers),
            _ => throw new OperationCanceledException(context.Cancellation),
        };
    }

    // Before the models vote: that takes a while.
    private static void RequireWritable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".writable-{Environment.ProcessId}.tmp");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(refused.Message, folder);
        }
    }

    // A worker waits for its disk; this command has ended.
    private static CliException Unwritable(string cause, string folder) => new(
        ExitCodes.StorageTrouble,
        $"The ensemble was not built, because it would be saved below {SafeText.Of(folder)}: {SafeText.Of(cause.Replace(FailureClassifier.GoesOn, "", StringComparison.Ordinal))}",
        "make the folder writable or make room, then run the command again; a copy of the folder does as well: --state DIR",
        CommandCodes.OutputUnwritable);
}
