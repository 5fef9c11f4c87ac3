using SearchCluster.Search.Analysis.Pareto;
using SearchCluster.Search.Scheduling.PopulationBased;

namespace SearchCluster.Search.Decisions.Keeping;

/// <summary>Which files of trials a search may do without, as its keep policy and its journal say.</summary>
/// <remarks>
/// Only trials that are over and never run again lose anything: completed ones, and those that their scheduler stopped. A failed trial may
/// be tried again, and one that the end of the search cut off may go on. Models stay until the search is over, because the ensemble is
/// made of trials that nobody knows before.
/// </remarks>
public static class KeptArtifacts
{
    /// <summary>Decides.</summary>
    /// <param name="state">The search, as its journal has it.</param>
    /// <param name="namedElsewhere">Trials that other searches start from.</param>
    /// <returns>What may go; nothing without a keep policy.</returns>
    public static DispensableArtifacts Plan(SearchState state, IReadOnlySet<int>? namedElsewhere = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Spec.Checkpoint is not { HasPolicy: true } policy)
        {
            return DispensableArtifacts.None;
        }

        var named = Named(state, policy);
        if (namedElsewhere is not null)
        {
            named.UnionWith(namedElsewhere);
        }

        ImmutableSortedSet<int> over =
            [.. state.Trials.Where(trial => IsOverForGood(trial) && !named.Contains(trial.Id.Number)).Select(trial => trial.Id.Number)];

        // Population based training may copy the weights of any trial, also of one that is over.
        var copies = !state.IsOver && state.Spec.Scheduler?.Type == PopulationOptions.Descriptor.Name;
        return new(copies ? [] : over, state.IsOver ? over : []);
    }

    private static bool IsOverForGood(TrialRecord trial) =>
        trial.State == TrialState.Completed || (trial.State == TrialState.StoppedEarly && !trial.IsCutOff);

    private static HashSet<int> Named(SearchState state, CheckpointSpec policy)
    {
        var named = new HashSet<int>(state.Ranking.Take(Math.Max(policy.KeepBest ?? 1, 1)).Select(ranked => ranked.Trial));
        named.UnionWith(state.FinishOrder.Skip(Math.Max(0, state.FinishOrder.Count - (policy.KeepLast ?? 0))));
        named.UnionWith(EnsembleRules.Assigned(state).Select(member => member.TrialId.Number));
        named.UnionWith(state.Ensemble.Report?.Members.Select(member => member.Number) ?? []);
        named.UnionWith(state.Trials.Select(trial => trial.CheckpointOf?.Number).OfType<int>());
        named.UnionWith(Front(state));
        return named;
    }

    // The answer of a search with several objectives is its whole front.
    private static IEnumerable<int> Front(SearchState state)
    {
        if (state.Spec.Objectives is not { Count: > 1 } objectives)
        {
            return [];
        }

        var compared = state.Trials
            .Select(trial => (trial.Id.Number, Losses: Losses(trial, objectives)))
            .Where(trial => trial.Losses.All(double.IsFinite))
            .ToList();
        return ParetoFront.Find([.. compared.Select(trial => trial.Losses)]).Select(index => compared[index].Number);
    }

    private static double[] Losses(TrialRecord trial, ValueArray<ObjectiveSpec> objectives) =>
    [
        .. objectives.Select((objective, i) => (objective.Direction == Direction.Minimize ? 1 : -1)
            * ((i == 0 ? trial.FinalObjective : Metric(trial, objective.Metric)) ?? double.NaN)),
    ];

    private static double? Metric(TrialRecord trial, string name) =>
        trial.FinalObjective is not null && trial.Result!.Metrics.TryGetValue(name, out var value) ? value : null;
}

/// <summary>What a search may do without.</summary>
/// <param name="Checkpoints">Numbers of the trials whose checkpoint may go.</param>
/// <param name="Models">Numbers of the trials whose model and predictions may go, too.</param>
public sealed record DispensableArtifacts(ImmutableSortedSet<int> Checkpoints, ImmutableSortedSet<int> Models)
{
    /// <summary>Everything is kept.</summary>
    public static DispensableArtifacts None { get; } = new([], []);
}
