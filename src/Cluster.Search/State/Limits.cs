using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Search.State.Ranks;

namespace SearchCluster.Search.State;

/// <summary>The limits of the budget other than the number of trials.</summary>
internal static class Limits
{
    /// <summary>Finds the first limit that is reached; a reproducible search looks when nothing runs, so that
    /// the order of results has no say.</summary>
    /// <returns>Why the search ends, or null when it may go on.</returns>
    public static SearchEnd? Reached(SearchState state, DateTimeOffset now)
    {
        if (Rounds.AreKept(state.Spec) && !Rounds.IsSettled(state))
        {
            return null;
        }

        var budget = state.Budget;
        if (Rounds.AreKept(state.Spec) && state.Best is { } best && TargetOf(state, best) is { } reached)
        {
            return reached;
        }

        if (state.Counts.Failed > budget.Failures)
        {
            return new(
                SearchEndReason.Failures,
                Text($"{Counted.Of(state.Counts.Failed, "trial")} failed; the budget allows {budget.Failures}."),
                StopMode.Now);
        }

        if (budget.Time is { } time && state.Clock.ActiveTime(now) >= time)
        {
            return new(SearchEndReason.Time, Text($"The running time of {Durations.Of(time)} is used up."), StopMode.Now);
        }

        if (budget.DeviceTime is { } deviceTime && state.Clock.DeviceTime(now) >= deviceTime)
        {
            return new(SearchEndReason.DeviceTime, Text($"The device time of {Durations.Of(deviceTime)} is used up."), StopMode.Now);
        }

        if (budget.Epochs is { } epochs && state.Epochs >= epochs)
        {
            var hasFolds = state.Spec.Data?.Split.Folds is not null;
            return new(
                SearchEndReason.Epochs,
                Text($"All {epochs} {(hasFolds ? "measurements of budget.epochs, each a fold," : "epochs of the budget")} are spent."),
                StopMode.Now);
        }

        if (budget.Plateau is { } plateau && state.SuggestionsWithoutPromise >= plateau.Trials)
        {
            var least = plateau.ExpectedImprovement;
            return new(
                SearchEndReason.Plateau,
                Text($"The last {state.SuggestionsWithoutPromise} suggestions promised an improvement below {least:R}."),
                StopMode.Graceful);
        }

        return budget.NoImprovement is { } patience
            && (Rounds.AreKept(state.Spec) ? Improvements.SinceBest(state) : state.FinishedWithoutImprovement) >= patience
            ? new(SearchEndReason.NoImprovement, Text($"The last {patience} finished trials brought no new best."), StopMode.Graceful)
            : null;
    }

    /// <summary>Tells whether a new best result reaches the target; a reproducible search looks at its target
    /// when a round is over.</summary>
    /// <returns>Why the search ends, or null when there is no target or it is not reached.</returns>
    public static SearchEnd? Target(SearchState state, TrialRecord finished) =>
        Rounds.AreKept(state.Spec) ? null : TargetOf(state, finished);

    private static SearchEnd? TargetOf(SearchState state, TrialRecord finished)
    {
        var objective = state.Spec.Objective;
        if (objective.Target is not { } target || TrialIndex.IsPartial(state.Spec, finished))
        {
            return null;
        }

        var (value, words) = Configurations.EvaluationsOf(state, finished.Id.Number) is { } evaluations
            ? (Complete(evaluations.Mean), Evaluated(state, finished))
            : (finished.FinalObjective, Text($"Trial {finished.Id} reached {objective.Metric}"));
        return (objective.Direction == Direction.Minimize ? value <= target : value >= target)
            ? new(SearchEndReason.TargetReached, Text($"{words} {value:R}; the target was {target:R}."), StopMode.Now)
            : null;
    }

    private static double? Complete(ConfigurationMean? mean) => mean is { IsComplete: true } ? mean.Mean : null;

    private static string Evaluated(SearchState state, TrialRecord finished)
    {
        var (first, end) = Configurations.RangeOf(state, finished.Id.Number);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Trials {new TrialId(first)} to {new TrialId(end - 1)}, {end - first} seeds of one configuration, "
                + $"reached a mean {state.Spec.Objective.Metric} of");
    }

    /// <summary>Computes when time alone gives the search something to do.</summary>
    public static DateTimeOffset? NextAt(SearchState state, DateTimeOffset now)
    {
        if (state.Lifecycle is not (SearchLifecycle.Running or SearchLifecycle.Finishing))
        {
            return null;
        }

        var retry = state.Waiting.NextReadyAfter(now);
        var ensemble = state.Ensemble.Members.Values
            .Select(member => member.NotBefore)
            .Append(state.Ensemble.NotBefore)
            .Where(notBefore => notBefore > now)
            .Min();
        return state.Lifecycle == SearchLifecycle.Running
            ? Earliest(Earliest(retry, TimeLimit(state)), DeviceTimeLimit(state))
            : Earliest(retry, ensemble);
    }

    private static DateTimeOffset? TimeLimit(SearchState state) =>
        state.Budget.Time is { } time && state.Clock.ActiveSince is { } since ? Add(since, time - state.Clock.ActiveBefore) : null;

    private static DateTimeOffset? DeviceTimeLimit(SearchState state)
    {
        var clock = state.Clock;
        return state.Budget.DeviceTime is { } time && clock.RunningAttempts > 0
            ? Add(clock.LastEventAt, (time - clock.DeviceTime(clock.LastEventAt)) / clock.RunningAttempts)
            : null;
    }

    // A budget of many years is a legal way to say "no limit"; the clock ends at year 9999.
    private static DateTimeOffset? Add(DateTimeOffset at, TimeSpan time) => time < DateTimeOffset.MaxValue - at ? at + time : null;

    private static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
