using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Ensembles;

namespace SearchCluster.Search.State;

/// <summary>When an ensemble is built, and of which trials.</summary>
internal static class EnsembleRules
{
    private const int FewestMembers = 2;

    public static bool IsPlanned(SearchState state) => state.Spec.Ensemble is { } ensemble && ensemble.Type != EnsembleMethods.None;

    /// <summary>All trials are over, and what is left is the ensemble.</summary>
    public static bool IsDue(SearchState state) =>
        state.Lifecycle == SearchLifecycle.Finishing
        && state.Counts is { Running: 0, Waiting: 0, Paused: 0 }
        && state.Ensemble is { Report: null, Failure: null }
        && WhyNone(state) is null;

    public static bool IsLeasable(SearchState state, DateTimeOffset now) =>
        state.Ensemble.Fence is null
            && IsReady(state.Ensemble.NotBefore, now)
            && IsDue(state)
            && Numbers(state).All(number => state.Ensemble.Member(number).IsFinished);

    /// <summary>Members that could be leased, by number; AdaBoost trains its own one after the other while it is built, because each
    /// depends on those before it.</summary>
    public static IEnumerable<int> LeasableMembers(SearchState state, DateTimeOffset now) => IsDue(state)
        ? Numbers(state).Where(
            number => state.Ensemble.Member(number) is { IsFinished: false, Fence: null } member && IsReady(member.NotBefore, now))
        : [];

    /// <summary>How far the members are that are trained for the ensemble; null when none are.</summary>
    public static MemberCounts? Progress(SearchState state)
    {
        var members = Numbers(state).Select(state.Ensemble.Member).ToList();
        return members.Count == 0 ? null : new(
            members.Count,
            members.Count(member => member.Fence is not null),
            members.Count(member => member is { IsFinished: true, Failure: null }),
            members.Count(member => member.Failure is not null && member.IsFinished));
    }

    /// <summary>Members that could not be trained; null for none.</summary>
    public static ValueArray<int>? Failed(SearchState state)
    {
        var failed = state.Ensemble.Members
            .Where(member => member.Value is { IsFinished: true, Failure: not null })
            .Select(member => member.Key)
            .ToValueArray();
        return failed.Count == 0 ? null : failed;
    }

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
            ? $"No ensemble was built: it needs {FewestMembers} finished trials with a saved model, and there "
                + $"{(members == 1 ? "is 1" : "are 0")}."
            : null;
    }

    // A method of a later release is judged by whoever builds the ensemble.
    public static ValueArray<EnsembleMember> Assigned(SearchState state) =>
        state.Spec.Ensemble is { } ensemble
            ? Members(state).Take(EnsembleMethods.Find(ensemble.Type)?.Candidates(ensemble) ?? ensemble.Members).ToValueArray()
            : [];

    private static IEnumerable<int> Numbers(SearchState state) => state.Spec.Ensemble is { } ensemble
        && EnsembleMethods.Find(ensemble.Type) is { TrainsApart: true } ? Enumerable.Range(0, ensemble.Members) : [];

    private static bool IsReady(DateTimeOffset? notBefore, DateTimeOffset now) => notBefore is not { } time || time <= now;

    private static IEnumerable<EnsembleMember> Members(SearchState state) =>
        state.Ranking.Select(ranked => state.Trials[ranked.Trial])
            .Where(trial => trial.Result!.HasModel)
            .Select(trial => new EnsembleMember(trial.Id, trial.ResultValues, trial.Result!.Objective));
}
