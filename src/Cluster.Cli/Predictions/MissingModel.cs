using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.State;
using SearchCluster.Insight.Analysis;
using SearchCluster.Insight.Reports;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Predictions;

/// <summary>Says why a trial has no model, and which one to take.</summary>
/// <remarks>The journal says of which trials a model was written; whether its file is still there, only the folder does.</remarks>
internal static class MissingModel
{
    /// <summary>Explains it.</summary>
    /// <param name="context">The command.</param>
    /// <param name="state">Where its file should lie.</param>
    /// <param name="search">Name of the search that has the trial.</param>
    /// <param name="trial">Number of the trial without a model.</param>
    public static async Task<CliException> ExplainAsync(CommandContext context, StateFolder state, SearchId search, TrialId trial) =>
        await JournalWord.AskAsync(context, async service => Of(
            state,
            search,
            trial,
            await service.GetAsync(search, context.Cancellation),
            (await service.GetSpecAsync(search, context.Cancellation)).Spec.Objectives,
            await TrialReader.ReadAllAsync(service, search, context.Cancellation)))
        ?? new(
            ExitCodes.NotFound,
            $"Trial {trial} of search {search} has no saved model: there is no {SafeText.Of(PathOf(state, search, trial))}.",
            $"see: searchcluster trials {search} --top 5",
            CommandCodes.NoModel);

    /// <summary>Where the model of a trial lies, if there is one.</summary>
    public static string PathOf(StateFolder state, SearchId search, TrialId trial) =>
        Path.Combine(state.SharedRoot, ArtifactPaths.Model(search, trial).Replace('/', Path.DirectorySeparatorChar));

    private static CliException Of(
        StateFolder state,
        SearchId search,
        TrialId number,
        SearchDetail detail,
        ValueArray<ObjectiveSpec>? objectives,
        List<TrialView> trials)
    {
        var objective = detail.Summary.Objective;
        if (trials.Find(candidate => candidate.TrialId == number) is not { } trial)
        {
            return new(
                ExitCodes.NotFound,
                $"Search {search} has no trial {number.Number}; it has {(trials.Count == 0 ? "none yet" : $"0 to {trials.Count - 1}")}.",
                $"see: searchcluster trials {search}",
                CommandCodes.NoSuchTrial);
        }

        // The best of those that are there: nobody looks at more files than needed.
        var written = TrialReader.Best(
            trials.Where(candidate => candidate != trial && candidate.Result is { HasModel: true }),
            objective.Direction,
            trials.Count,
            objectives);
        var best = written.Find(candidate => File.Exists(PathOf(state, search, candidate.TrialId)));
        var other = best is null
            ? null
            : $"--trial {best.TrialId.Number} ({SafeText.Of(objective.Metric)} {Format.Number(best.Objective!.Value)})";
        return trial.Result is { HasModel: true }
            ? Gone(search, detail, trial, PathOf(state, search, trial.TrialId), other)
            : new(
                ExitCodes.NotFound,
                $"{trial.TrialId} of search {search} has no saved model: {ModelText.WhyNone(trial, written.Count > 0)}.",
                other is not null
                    ? $"take the best trial that has one: {other}; searchcluster trials {search} --columns trial,objective,model tells of "
                        + $"which trials one was written"
                    : written.Count > 0
                        ? $"models of {Format.Count(written.Count, "other trial")} were written, but their files are gone: put them back, "
                            + $"or train again: {ExtendText.Again(search, detail, 1)}"
                        : $"see: searchcluster trials {search} --columns trial,state,objective,model",
                CommandCodes.NoModel);
    }

    private static CliException Gone(SearchId search, SearchDetail detail, TrialView trial, string path, string? other) => new(
        ExitCodes.NotFound,
        $"The model of {trial.TrialId} of search {search} was written, but its file is gone: there is no {SafeText.Of(path)}.",
        $"put the file back there, or name the state folder that has it: --state DIR; "
            + $"{(other is null ? "no other trial has its model here" : $"or take the best trial whose model is here: {other}")}; or train "
            + $"again: {ExtendText.Again(search, detail, 1)}",
        CommandCodes.NoModel);
}
