namespace SearchCluster.Search.Searches;

/// <summary>When an ensemble is built, and of which trials.</summary>
internal static class EnsembleRules
{
    private const string NoEnsemble = "none";
    private const int FewestMembers = 2;
    private const int GreedyPool = 50;

    public static bool IsPlanned(SearchState state) => state.Spec.Ensemble is { } ensemble && ensemble.Type != NoEnsemble;

    /// <summary>All trials are over, and what is left is the ensemble.</summary>
    public static bool IsDue(SearchState state) =>
        state.Lifecycle == SearchLifecycle.Finishing
        && state.Counts is { Running: 0, Waiting: 0, Paused: 0 }
        && state.Ensemble is { Report: null, Failure: null }
        && WhyNone(state) is null;

    public static bool IsLeasable(SearchState state, DateTimeOffset now) =>
        state.Ensemble.Fence is null && (state.Ensemble.NotBefore is not { } notBefore || notBefore <= now) && IsDue(state);

    /// <summary>Explains why an ending search builds no ensemble.</summary>
    /// <returns>One sentence, or null when it builds one.</returns>
    public static string? WhyNone(SearchState state)
    {
        if (!IsPlanned(state))
        {
            return "The specification asks for no ensemble.";
        }

        if (state.End?.Reason is SearchEndReason.Misconfigured or SearchEndReason.Failures)
        {
            return "A failed search builds no ensemble.";
        }

        var members = Members(state).Take(FewestMembers).Count();
        return members < FewestMembers
            ? $"No ensemble was built: it needs {FewestMembers} finished trials with a saved model, and there {(members == 1 ? "is 1" : "are 0")}."
            : null;
    }

    public static ValueArray<EnsembleMember> Assigned(SearchState state) => Members(state).Take(Needed(state.Spec.Ensemble!)).ToValueArray();

    // Greedy selection chooses among more trials than it needs.
    private static int Needed(EnsembleSpec ensemble) => ensemble.Type == "greedy" ? ensemble.Pool ?? GreedyPool : ensemble.Members;


    private static IEnumerable<EnsembleMember> Members(SearchState state) =>
        state.Ranking.Select(ranked => state.Trials[ranked.Trial])
            .Where(trial => trial.Result!.HasModel)
            .Select(trial => new EnsembleMember(trial.Id, trial.Values, trial.Result!.Objective));
}
