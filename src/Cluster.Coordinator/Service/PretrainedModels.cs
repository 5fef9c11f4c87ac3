using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Specs.Problems;

namespace SearchCluster.Coordinator.Service;

/// <summary>Names the trial whose encoder a search starts from, and takes over what that encoder looks like;
/// both are part of the journal from then on.</summary>
internal sealed class PretrainedModels(ManagerClient manager)
{
    /// <summary>Fills trial and hyperparameters in.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="fileName">Its file, for problems.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The specification; unchanged when it starts from no search.</returns>
    /// <exception cref="SearchServiceException">The earlier search does not exist or has no such trial, or none with a result.</exception>
    public async Task<SearchSpec> FillAsync(SearchSpec spec, string fileName, CancellationToken cancellationToken)
    {
        if (spec.Workload.Pretrained is not { From: { } from } pretrained)
        {
            return spec;
        }

        var (earlier, trial) = await FindAsync(from, pretrained.Trial, fileName, cancellationToken);
        return PretrainedTrial.Fill(spec, earlier, trial);
    }

    private async Task<(SearchSpec Spec, TrialView Trial)> FindAsync(
        SearchId from, TrialId? wanted, string fileName, CancellationToken cancellationToken)
    {
        try
        {
            var spec = (await manager.AskAsync<SearchSpecView>(new SearchQueries.GetSpec(from), cancellationToken)).Spec;
            var trial = wanted is { } number
                ? (await manager.AskAsync<TrialPage>(
                    new SearchQueries.GetTrials(from, number.Number, 1, IncludeCurve: false), cancellationToken)).Trials is [var found, ..]
                    ? found
                    : null
                : (await manager.AskAsync<SearchDetail>(new SearchQueries.GetSearch(from), cancellationToken)).Summary.Best;
            return (spec, trial
                ?? throw Refuse(fileName, wanted is null
                    ? $"'{from}' has no trial with a result yet"
                    : $"'{from}' has no trial {wanted}", $"see: searchcluster trials {from}"));
        }
        catch (SearchServiceException refused) when (refused.Problem.Code == ProblemCodes.NotFound)
        {
            throw Refuse(fileName, $"'{from}' does not exist", "`searchcluster list` shows the searches");
        }
    }

    private static SearchServiceException Refuse(string fileName, string message, string help) => Problems.OfSpec(
        new SpecProblem(
            SpecCodes.Workload, SpecSeverity.Error, fileName, 0, 0, "workload.pretrained", $"workload.pretrained: search {message}", help));
}
