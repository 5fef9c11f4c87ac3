using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Analysis;
using SearchCluster.Insight.Reports;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Predictions;

/// <summary>Says why a trial has no model, and which one to take.</summary>
internal static class MissingModel
{
    public static async Task<CliException> ExplainAsync(CommandContext context, SearchId search, TrialId trial)
    {
        try
        {
            await using var connection = await context.ReadAsync();
            var objective = (await connection.Service.GetAsync(search, context.Cancellation)).Summary.Objective;
            return Of(search, trial, objective, await TrialReader.ReadAllAsync(connection.Service, search, context.Cancellation));
        }
        catch (Exception unreadable) when (unreadable is CliException or SearchServiceException)
        {
            // A model needs its file only; without the journal there is no more to say.
            return new(
                ExitCodes.NotFound,
                $"Trial {trial} of search {search} has no saved model.",
                $"see: searchcluster trials {search} --top 5",
                CommandCodes.NoModel);
        }
    }

    private static CliException Of(SearchId search, TrialId number, ObjectiveSpec objective, List<TrialView> trials)
    {
        if (trials.Find(candidate => candidate.TrialId == number) is not { } trial)
        {
            return new(
                ExitCodes.NotFound,
                $"Search {search} has no trial {number.Number}; it has {(trials.Count == 0 ? "none yet" : $"0 to {trials.Count - 1}")}.",
                $"see: searchcluster trials {search}",
                CommandCodes.NoSuchTrial);
        }

        var others = TrialReader.Best(
            trials.Where(candidate => candidate != trial && candidate.Result is { HasModel: true }), objective.Direction, 1);
        return new(
            ExitCodes.NotFound,
            $"{trial.TrialId} of search {search} has no saved model: {ModelText.WhyNone(trial, others.Count > 0)}.",
            others is [{ } best]
                ? $"take the best trial that has one: --trial {best.TrialId.Number} ({SafeText.Of(objective.Metric)} {Format.Number(best.Objective!.Value)}); the column model of searchcluster trials {search} --columns trial,objective,model shows all"
                : $"see: searchcluster trials {search} --columns trial,state,objective,model",
            CommandCodes.NoModel);
    }
}
