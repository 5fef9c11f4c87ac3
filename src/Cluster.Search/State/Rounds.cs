using SearchCluster.Search.State.Ranks;

namespace SearchCluster.Search.State;

/// <summary>The rounds of a reproducible search: what decides there does not depend on which trial finished first.</summary>
/// <remarks>
/// <para>Trials k × round … (k + 1) × round - 1 are one round. The sampler is asked for a round when it is
/// settled what came before: every earlier trial is over or paused, and no paused one may go on. It sees the trials of its own round as
/// new, also when it is asked for the rest of one.</para>
/// <para>While trials run, each is judged by its own curve and by the rounds before it. Promotions and limits
/// are decided when nothing runs. So by induction everything that is decided is a function of the specification and of what the trials
/// measure, as long as those depend on their configuration and seed alone.</para>
/// </remarks>
internal static class Rounds
{
    /// <summary>Tells whether a search goes in rounds.</summary>
    public static bool AreKept(SearchSpec spec) => spec.Reproducible is not null;

    /// <summary>Tells whether nothing waits or runs and the current round is complete.</summary>
    public static bool IsSettled(SearchState state) =>
        state.Counts is { Running: 0, Waiting: 0 }
            && (state.Exhausted is not null || LeftOf(state) == SizeOf(state) || state.Trials.Count >= state.Budget.Trials);

    /// <summary>How many trials to ask for: the rest of a round that was begun, or a whole one when what came before is settled.</summary>
    public static int Wanted(SearchState state)
    {
        var (left, room) = (LeftOf(state), (state.Budget.Trials ?? int.MaxValue) - state.Trials.Count);
        return left == SizeOf(state) && !IsSettled(state) ? 0 : Math.Clamp(room, 0, left);
    }

    /// <summary>Notes the beginning of a round.</summary>
    public static SearchState Begin(SearchState state, TrialId first) =>
        AreKept(state.Spec) && first.Number % SizeOf(state) == 0 ? state with { FinishesBeforeRound = state.FinishOrder.Count } : state;

    /// <summary>Adds a trial that finished; those of the current round stay in the order of their numbers.</summary>
    public static ImmutableList<int> AddFinished(SearchState state, int trial)
    {
        var place = state.FinishOrder.Count;
        while (AreKept(state.Spec) && place > state.FinishesBeforeRound && state.FinishOrder[place - 1] > trial)
        {
            place--;
        }

        return state.FinishOrder.Insert(place, trial);
    }

    /// <summary>Makes the state of a search as it was when a round began; O(log n) for each trial of the round.</summary>
    /// <param name="state">The state now.</param>
    /// <param name="next">A trial of the round, or the one that begins it.</param>
    /// <param name="own">A trial that is shown as it is; null for none.</param>
    public static SearchState AtRoundOf(SearchState state, int next, int? own)
    {
        var first = next - (next % SizeOf(state));
        if (first >= state.Trials.Count && own is null)
        {
            return state;
        }

        var shown = state with
        {
            FinishOrder = state.FinishOrder.RemoveRange(state.FinishesBeforeRound, state.FinishOrder.Count - state.FinishesBeforeRound),
            Leases = state.Leases.RemoveRange(
                state.Leases.Where(lease => lease.Value.Key.Item.TrialId?.Number != own).Select(lease => lease.Key)),
        };
        for (var number = first; number < state.Trials.Count; number++)
        {
            var trial = state.Trials[number];
            shown = number == own
                ? shown
                : TrialIndex.Replace(shown, trial, AsNew(trial)) with { Epochs = shown.Epochs - trial.Curve.Count };
        }

        // A scheduler asks which trial starts next, a sampler which ones have no result.
        return own is null ? shown : shown with { Waiting = shown.Waiting with { New = state.Waiting.New } };
    }

    /// <summary>Tells whether it is decided what becomes of a trial, so that what its worker measured before it
    /// heard of it does not count.</summary>
    public static bool IsDecided(SearchState state, LeaseRecord lease) =>
        AreKept(state.Spec) && (lease.Decision is not null || (lease.Key.Item.TrialId is { } id && state.Trials[id.Number].IsStopped));

    /// <summary>A trial that failed because its worker was lost too often has no result that a second run would
    /// also have: the search ends, and says so.</summary>
    /// <returns>Why it ends; null when the failure is the trial's own.</returns>
    public static SearchEnd? EndByChance(SearchState state, TrialRecord trial, AttemptFailure failure) =>
        AreKept(state.Spec) && failure.Kind == TrialFailureKind.WorkerLost
            ? new(
                SearchEndReason.Failures,
                $"Trial {trial.Id} lost its worker {Math.Max(trial.FailedAttempts, trial.Losses.Count) + 1} times in a row without getting "
                    + $"further. A reproducible search does not go on without its result, which would be chance; look why its workers end, "
                    + $"raise retry.max, or remove reproducible.",
                StopMode.Now)
            : null;

    private static int SizeOf(SearchState state) => state.Spec.Reproducible!.Round;

    private static int LeftOf(SearchState state) => SizeOf(state) - (state.Trials.Count % SizeOf(state));

    private static TrialRecord AsNew(TrialRecord trial) =>
        new(trial.Id, trial.SuggestedValues, trial.Seed, trial.Origin, trial.SuggestedAt) { DataFraction = trial.DataFraction };
}
