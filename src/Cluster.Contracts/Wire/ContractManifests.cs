using System.Collections.Frozen;

namespace SearchCluster.Contracts.Wire;

/// <summary>The permanent short name of every record that travels or is journaled. Extend only: a name is never
/// changed or reused.</summary>
public static class ContractManifests
{
    private static readonly KeyValuePair<string, Type>[] Table =
    [
        new("e-submitted", typeof(SearchEvents.SearchSubmitted)),
        new("e-restarted", typeof(SearchEvents.SearchRestarted)),
        new("e-retried", typeof(SearchEvents.SearchRetried)),
        new("e-moved", typeof(SearchEvents.DataMoved)),
        new("e-recovered", typeof(SearchEvents.SearchRecovered)),
        new("e-suggested", typeof(SearchEvents.TrialSuggested)),
        new("e-narrowed", typeof(SearchEvents.SpaceNarrowed)),
        new("e-exhausted", typeof(SearchEvents.SpaceExhausted)),
        new("e-started", typeof(SearchEvents.AttemptStarted)),
        new("e-measured", typeof(SearchEvents.MeasurementReported)),
        new("e-ignored", typeof(SearchEvents.MeasurementIgnored)),
        new("e-warned", typeof(SearchEvents.WarningReported)),
        new("e-ended", typeof(SearchEvents.AttemptEnded)),
        new("e-finished", typeof(SearchEvents.TrialFinished)),
        new("e-promoted", typeof(SearchEvents.TrialPromoted)),
        new("e-member", typeof(SearchEvents.EnsembleMemberFinished)),
        new("e-ensemble", typeof(SearchEvents.EnsembleBuilt)),
        new("e-ensemble-failed", typeof(SearchEvents.EnsembleFailed)),
        new("e-paused", typeof(SearchEvents.SearchPaused)),
        new("e-resumed", typeof(SearchEvents.SearchResumed)),
        new("e-extended", typeof(SearchEvents.SearchExtended)),
        new("e-priority", typeof(SearchEvents.SearchPrioritised)),
        new("e-stopping", typeof(SearchEvents.SearchStopping)),
        new("e-completed", typeof(SearchEvents.SearchCompleted)),
        new("e-registered", typeof(SearchManagerProtocol.SearchRegistered)),
        new("e-deleted", typeof(SearchManagerProtocol.SearchDeleted)),
        new("e-erased", typeof(SearchManagerProtocol.SearchErased)),

        new("s-search", typeof(SearchSnapshot)),

        new("c-submit", typeof(SearchCommands.SubmitSearch)),
        new("c-suggest", typeof(SearchCommands.RecordSuggestions)),
        new("c-lease", typeof(SearchCommands.LeaseWork)),
        new("c-measure", typeof(SearchCommands.ReportMeasurement)),
        new("c-warn", typeof(SearchCommands.ReportWarning)),
        new("c-outcome", typeof(SearchCommands.ReportOutcome)),
        new("c-release", typeof(SearchCommands.ReleaseLease)),
        new("c-expire", typeof(SearchCommands.ExpireLease)),
        new("c-recovered", typeof(SearchCommands.MarkRecovered)),
        new("c-limits", typeof(SearchCommands.CheckLimits)),
        new("c-pause", typeof(SearchCommands.PauseSearch)),
        new("c-resume", typeof(SearchCommands.ResumeSearch)),
        new("c-priority", typeof(SearchCommands.PrioritiseSearch)),
        new("c-stop", typeof(SearchCommands.StopSearch)),
        new("c-delete", typeof(SearchCommands.DeleteSearch)),

        new("r-accepted", typeof(SearchReplies.CommandAccepted)),
        new("r-rejected", typeof(SearchReplies.CommandRejected)),
        new("r-removed", typeof(SearchReplies.SearchRemoved)),
        new("r-leased", typeof(SearchReplies.WorkLeased)),

        new("q-search", typeof(SearchQueries.GetSearch)),
        new("q-trials", typeof(SearchQueries.GetTrials)),
        new("q-spec", typeof(SearchQueries.GetSpec)),
        new("q-list", typeof(SearchManagerProtocol.ListSearches)),
        new("q-cluster", typeof(SearchManagerProtocol.GetCluster)),
        new("c-drain", typeof(SearchManagerProtocol.DrainWorker)),
        new("r-drained", typeof(Api.DrainAnswer)),
        new("q-ready", typeof(SearchManagerProtocol.GetReadiness)),

        new("v-ready", typeof(SearchManagerProtocol.ManagerReady)),
        new("v-summary", typeof(Api.SearchSummary)),
        new("v-list", typeof(Api.SearchList)),
        new("v-search", typeof(Api.SearchDetail)),
        new("v-trials", typeof(Api.TrialPage)),
        new("v-spec", typeof(Api.SearchSpecView)),
        new("v-cluster", typeof(Api.ClusterView)),
        new("v-trace", typeof(Api.TraceView)),

        new("w-hello", typeof(WorkerProtocol.WorkerHello)),
        new("w-welcome", typeof(WorkerProtocol.WorkerWelcome)),
        new("w-refused", typeof(WorkerProtocol.WorkerRefused)),
        new("w-request", typeof(WorkerProtocol.RequestWork)),
        new("w-assigned", typeof(WorkerProtocol.WorkAssigned)),
        new("w-accepted", typeof(WorkerProtocol.ReportAccepted)),
        new("w-resend", typeof(WorkerProtocol.ResendReports)),
        new("w-stale", typeof(WorkerProtocol.StaleLease)),
        new("w-cancel", typeof(WorkerProtocol.CancelAttempt)),
        new("w-goodbye", typeof(WorkerProtocol.WorkerGoodbye)),
        new("w-drain", typeof(WorkerProtocol.SetDrain)),
        new("w-description", typeof(WorkerDescription)),
    ];

    /// <summary>Types by manifest.</summary>
    public static FrozenDictionary<string, Type> ByManifest { get; } = Table.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Manifests by type.</summary>
    public static FrozenDictionary<Type, string> ByType { get; } = Table.ToFrozenDictionary(row => row.Value, row => row.Key);
}
