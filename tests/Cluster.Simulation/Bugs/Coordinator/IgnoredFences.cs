using SearchCluster.Search.Decisions;
using SearchCluster.Search.State;

namespace SearchCluster.Simulation.Bugs.Coordinator;

/// <summary>Takes a report for that of the current attempt of its trial.</summary>
internal sealed class IgnoredFences : PlantedBug
{
    public override string Description => "a report of a superseded attempt counts as one of the current attempt";

    public override SearchDecision Decide(SearchState? state, ISearchCommand command, DecisionContext context) =>
        base.Decide(state, state is null ? command : OfCurrent(state, command), context);

    private static ISearchCommand OfCurrent(SearchState state, ISearchCommand command) => command switch
    {
        SearchCommands.ReportMeasurement report when Other(state, report.Lease) is { } current =>
            report with { Lease = current.Key, Seq = current.LastSeq + 1 },
        SearchCommands.ReportOutcome report when Other(state, report.Lease) is { } current =>
            report with { Lease = current.Key, Seq = current.LastSeq + 1 },
        _ => command,
    };

    private static LeaseRecord? Other(SearchState state, LeaseKey lease) => state.Leases.ContainsKey(lease.Fence)
        ? null
        : state.Leases.Values.FirstOrDefault(open => open.Key.Item == lease.Item);
}
