using SearchCluster.Search.Decisions;
using SearchCluster.Search.State;

namespace SearchCluster.Simulation.Bugs.Coordinator;

/// <summary>Counts an outcome that is sent again.</summary>
internal sealed class DoubledOutcomes : PlantedBug
{
    public override string Description => "an outcome whose acknowledgement was lost counts a second time";

    public override SearchDecision Decide(SearchState? state, ISearchCommand command, DecisionContext context)
    {
        var decision = base.Decide(state, command, context);
        return command is SearchCommands.ReportOutcome report && decision.Events.IsEmpty && report.Lease.Item.TrialId is { } id
            && state!.Trials[id.Number] is { State: TrialState.Completed, Ended: { } ended } trial && ended.Fence == report.Lease.Fence
            ? decision with
            {
                Events =
                [
                    new SearchEvents.TrialFinished(
                        report.SearchId, id, ended.Fence, trial.State, trial.Result, trial.TrainingStop, null, context.Now, report.Seq),
                ],
            }
            : decision;
    }
}
