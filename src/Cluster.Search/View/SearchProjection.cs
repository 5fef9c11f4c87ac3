using System.Diagnostics;
using SearchCluster.Contracts.Api;
using SearchCluster.Search.State.Evolution;
using SearchCluster.Search.State.Ranks;

namespace SearchCluster.Search.View;

/// <summary>What people and programs see of a search.</summary>
public static class SearchProjection
{
    /// <summary>Makes the line of a list.</summary>
    /// <param name="state">The search.</param>
    /// <returns>The line.</returns>
    public static SearchSummary Summary(SearchState state) => new(
        state.SearchId,
        state.Lifecycle,
        state.Counts,
        state.Budget.Trials,
        state.Best is { } best ? Trial(state, best, includeCurve: false) : null,
        state.Spec.Objective,
        state.SubmittedAt,
        state.EndedAt,
        state.Spec.Labels,
        state.Priority);

    /// <summary>Makes everything but the trials.</summary>
    /// <param name="state">The search.</param>
    /// <param name="now">The coordinator's clock.</param>
    /// <param name="storageMendedAt">When the storage was last seen to take writes again; null for never.</param>
    /// <returns>The view.</returns>
    public static SearchDetail Detail(SearchState state, DateTimeOffset now, DateTimeOffset? storageMendedAt = null) => new()
    {
        SearchId = state.SearchId,
        Summary = Summary(state),
        Budget = state.Budget,
        Concurrency = state.Concurrency,
        Algorithm = state.Spec.Algorithm.Type,
        Workload = state.Spec.Workload.Builtin,
        Seed = state.Spec.Seed,
        ActiveTime = state.Clock.ActiveTime(now),
        BusyTime = state.Clock.BusyTime(now),
        RunningSince = state.Clock.ActiveSince,
        DeviceTime = state.Clock.DeviceTime(now),
        Epochs = state.Epochs,
        EndReason = state.End?.Reason,
        EndExplanation = state.End?.Explanation,
        EndsAgainBy = Extension.EndsAgainBy(state, now),
        Running = Running(state),
        Ensemble = state.Ensemble.Report,
        EnsembleState = Ensemble(state),
        EnsembleFailure = state.Ensemble.Failure,
        TraceId = ActivityContext.TryParse(state.TraceParent, null, out var trace) ? trace.TraceId.ToHexString() : null,
        History = state.History.ToValueArray(),
        Revision = state.Revision,
        Narrowings = state.Narrowings.IsEmpty ? null : state.Narrowings.ToValueArray(),
        EnsembleMembers = EnsembleRules.Progress(state),
        Warnings = state.Warnings.IsEmpty ? null : state.Warnings.ToValueArray(),
        OtherWarnings = state.OtherWarnings,
        Trouble = StoragePause.CauseOf(state, now, storageMendedAt),
        Failures = FailureCauses.Of(state),
        Data = state.Data,
        ResourceUnit = state.Spec.Data?.Split.Folds is null ? null : "fold",
    };

    /// <summary>Makes a page of trials.</summary>
    /// <param name="state">The search.</param>
    /// <param name="query">Which trials.</param>
    /// <returns>The page; empty when it starts behind the last trial.</returns>
    public static TrialPage Trials(SearchState state, SearchQueries.GetTrials query)
    {
        var first = Math.Clamp(query.FromTrial, 0, state.Trials.Count);
        var count = Math.Clamp(query.Limit, 0, state.Trials.Count - first);
        var page = Enumerable.Range(first, count).Select(number => Trial(state, state.Trials[number], query.IncludeCurve));
        return new(state.SearchId, page.ToValueArray(), state.Trials.Count);
    }

    /// <summary>Shows the specification.</summary>
    /// <param name="state">The search.</param>
    /// <returns>As written and as understood.</returns>
    public static SearchSpecView Spec(SearchState state) =>
        new(state.SearchId, state.SpecText, state.Spec, state.Written.Fields == state.Spec ? null : state.Written);

    private static ValueArray<TrialView> Running(SearchState state) => state.Leases.Values
        .Select(lease => lease.Key.Item.TrialId)
        .OfType<TrialId>()
        .Order()
        .Select(id => Trial(state, state.Trials[id.Number], includeCurve: false))
        .ToValueArray();

    private static EnsembleProgress Ensemble(SearchState state) => state switch
    {
        { Ensemble.Report: not null } => EnsembleProgress.Built,
        { Ensemble.Failure: not null } => EnsembleProgress.Failed,
        { Ensemble.Fence: not null } => EnsembleProgress.Building,
        _ when EnsembleRules.IsDue(state) && state.Ensemble.Members.Values.Any(member => member.IsFinished || member.Fence is not null) =>
            EnsembleProgress.Building,
        _ when !EnsembleRules.IsPlanned(state) || state.IsOver => EnsembleProgress.None,
        _ => EnsembleRules.IsDue(state) ? EnsembleProgress.Waiting : EnsembleProgress.Planned,
    };

    private static TrialView Trial(SearchState state, TrialRecord trial, bool includeCurve) => new()
    {
        TrialId = trial.Id,
        State = trial.State,
        Values = trial.IsFinished ? trial.ResultValues : trial.Values,
        LastValues = trial.IsFinished && !trial.ResultValues.Equals(trial.Values) ? trial.Values : null,
        Seed = trial.Seed,
        Origin = trial.Origin,
        Attempts = trial.Attempts,
        WorkerId = trial.WorkerId,
        Objective = trial.IsFinished ? trial.Result?.Objective : trial.Progress.Value(state.Spec.Objective.Aggregate),
        Result = trial.IsFinished ? trial.Result : null,
        Latest = trial.Curve.Count == 0 ? null : trial.Curve[^1],
        IsPartial = trial.IsFinished && TrialIndex.IsPartial(state.Spec, trial),
        Configuration = Configurations.EvaluationsOf(state, trial.Id.Number)?.Mean,
        TrainingStop = trial.TrainingStop,
        Reason = trial.Reason,
        Failure = trial.Failure,
        SuggestedAt = trial.SuggestedAt,
        StartedAt = trial.StartedAt,
        EndedAt = trial.EndedAt,
        Curve = includeCurve ? trial.Curve.ToValueArray() : null,
        DataFraction = trial.DataFraction,
        Decisions = trial.Decisions.IsEmpty ? null : trial.Decisions.ToValueArray(),
        Lineage = trial.Lineage.IsEmpty ? null : trial.Lineage.ToValueArray(),
        Cut = trial.IsCutOff ? new TrialCut(trial.Resource, TrialLength.Of(state.Spec, trial.Values)) : null,
        Losses = trial.Losses.Count == 0 ? null : trial.Losses,
    };
}
