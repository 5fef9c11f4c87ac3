using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Service;

namespace SearchCluster.Cli.Commands.Specs;

/// <summary>Looks up the trial whose encoder a spec starts from, as the coordinator will, so that both can be compared before a search is
/// written that could only fail.</summary>
internal static class EarlierModel
{
    /// <summary>Fills the trial in.</summary>
    /// <param name="service">Knows the earlier search.</param>
    /// <param name="spec">May start from an earlier search.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The spec; unchanged where it starts from no search, or from one that is not there, which the coordinator tells.</returns>
    public static async Task<SearchSpec> FillAsync(ISearchService service, SearchSpec spec, CancellationToken cancellation)
    {
        if (spec.Workload.Pretrained is not { From: { } from } pretrained)
        {
            return spec;
        }

        try
        {
            var trial = pretrained.Trial is { } number
                ? (await service.GetTrialsAsync(new(from, number.Number, 1, IncludeCurve: false), cancellation)).Trials
                    .FirstOrDefault(found => found.TrialId == number)
                : (await service.GetAsync(from, cancellation)).Summary.Best;
            return trial is null ? spec : PretrainedTrial.Fill(spec, (await service.GetSpecAsync(from, cancellation)).Spec, trial);
        }
        catch (SearchServiceException)
        {
            return spec;
        }
    }
}
