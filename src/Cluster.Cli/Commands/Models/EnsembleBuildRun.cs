using SearchCluster.Artifacts;
using SearchCluster.Cli.Commands.Specs;
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
    /// <param name="artifactFolder">Where its artifacts lie.</param>
    /// <param name="known">The data that the trials learned from; null where that is unknown.</param>
    public static async Task<EnsembleReport> RunAsync(
        CommandContext context, SearchData data, EnsembleSpec ensemble, string artifactFolder, DataIdentity? known)
    {
        if (File.Exists(artifactFolder))
        {
            throw EnsembleTrouble.Unwritable("it is a file, not a folder.", artifactFolder);
        }

        var candidates = Candidates(context, data, ensemble, artifactFolder);
        await RequireDataAsync(context, data, known);
        RequireWritable(Path.Combine(artifactFolder, ArtifactPaths.Search(data.Search)));
        var assignment = new EnsembleAssignment(
            new LeaseKey(data.Search, WorkItem.Ensemble, 1, 1), ensemble, candidates, TrialPlan.Of(data.Spec, known));
        var artifacts = new StoredArtifacts(new FolderArtifactStore(artifactFolder));
        var outcome = await LeavableWork.RunAsync(
            toEnd => new WorkExecutor(Device, context.Workloads.Catalog, context.DataRegistry).Run(
                assignment, new WorkContext(artifacts, _ => { }, context.Environment.Clock, toEnd, Warn: context.Output.Warn)),
            context.Environment.Clock,
            context.Cancellation);
        return outcome switch
        {
            EnsembleCompleted completed => completed.Report,
            AttemptFailed { Failure: var failure } =>
                throw EnsembleTrouble.Of(failure, data.Search, data.Spec.Workload.Builtin, artifactFolder, data.Detail),
            _ => throw new OperationCanceledException(context.Cancellation),
        };
    }

    // The journal knows of which trials a model was written; whether it still lies there is seen before the best ones are chosen.
    private static ValueArray<EnsembleMember> Candidates(
        CommandContext context, SearchData data, EnsembleSpec ensemble, string artifactFolder)
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
            if (method.TakesModels && !File.Exists(PathOf(data.Search, trial.TrialId, artifactFolder)))
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
                    + $"their files are gone; the best one should lie at {SafeText.Of(PathOf(data.Search, gone[0], artifactFolder))}.",
                $"put the files back, or name the state folder that has them: --state DIR; or train anew: searchcluster ensemble build "
                    + $"{data.Search} --type bagging, or {ExtendText.Again(data.Search, data.Detail, 2)}",
                CommandCodes.NoModel);
        }

        if (gone.Count > 0)
        {
            context.Output.Warn(
                $"{Format.Count(gone.Count, "trial")} that would be asked first cannot vote, because the model file is gone: "
                    + $"{string.Join(", ", gone.Take(MostNamed))}{(gone.Count > MostNamed ? ", …" : "")}; the first one should lie at "
                    + $"{SafeText.Of(PathOf(data.Search, gone[0], artifactFolder))}.");
        }

        return chosen.Select(trial => new EnsembleMember(trial.TrialId, trial.Values, trial.Objective!.Value)).ToValueArray();
    }

    private static string PathOf(SearchId search, TrialId trial, string artifactFolder) =>
        Path.Combine(artifactFolder, ArtifactPaths.Model(search, trial).Replace('/', Path.DirectorySeparatorChar));

    // With the code that lets a search go on, so that both say the same of data that changed or are gone.
    private static async Task RequireDataAsync(CommandContext context, SearchData data, DataIdentity? known)
    {
        try
        {
            await DataCheck.RequireAsync(context, data.Spec, Device, known);
        }
        catch (CliException refused)
        {
            throw EnsembleTrouble.OfData(refused, data.Search);
        }
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
            throw EnsembleTrouble.Unwritable(refused.Message, folder);
        }
    }
}
