using SearchCluster.Search.Decisions;
using SearchCluster.Search.State;

namespace SearchCluster.Simulation.Bugs.Coordinator;

/// <summary>Takes each attempt that is lost from the budget.</summary>
internal sealed class ChargedRetries : PlantedBug
{
    public override string Description => "an attempt that is lost with its worker is charged to the budget of trials";

    public override SearchDecision Decide(SearchState? state, ISearchCommand command, DecisionContext context)
    {
        var decision = base.Decide(state, command, context);
        return state is not null && decision.Events.Any(e => e is SearchEvents.AttemptEnded { End: AttemptEnd.Lost })
            ? decision with
            {
                Events = decision.Events.Add(new SearchEvents.SearchExtended(
                    state.SearchId, state.Budget with { Trials = state.Budget.Trials - 1 }, state.Concurrency, context.Now)),
            }
            : decision;
    }
}
