using SearchCluster.Search.Decisions;
using SearchCluster.Search.State;

namespace SearchCluster.Simulation.Bugs.Coordinator;

/// <summary>Does not miss a report that was lost.</summary>
internal sealed class AcceptedGaps : PlantedBug
{
    public override string Description => "a report after one that was lost is taken as the next";

    public override SearchDecision Decide(SearchState? state, ISearchCommand command, DecisionContext context) =>
        base.Decide(state, command switch
        {
            SearchCommands.ReportMeasurement report when Expected(state, report.Lease) is { } next && report.Seq > next =>
                report with { Seq = next },
            SearchCommands.ReportOutcome report when Expected(state, report.Lease) is { } next && report.Seq > next =>
                report with { Seq = next },
            _ => command,
        }, context);

    private static long? Expected(SearchState? state, LeaseKey lease) => state?.Leases.GetValueOrDefault(lease.Fence)?.LastSeq + 1;
}
