using System.Collections.Frozen;

namespace SearchCluster.Contracts.Wire;

/// <summary>The permanent short name of every record that travels or is journaled. Extend only: a name is never changed or reused.</summary>
public static class ContractManifests
{
    private static readonly (string Manifest, Type Type)[] Table =
    [
        ("e-submitted", typeof(SearchEvents.SearchSubmitted)),
        ("e-restarted", typeof(SearchEvents.SearchRestarted)),
        ("e-retried", typeof(SearchEvents.SearchRetried)),
        ("e-recovered", typeof(SearchEvents.SearchRecovered)),
        ("e-suggested", typeof(SearchEvents.TrialSuggested)),
        ("e-narrowed", typeof(SearchEvents.SpaceNarrowed)),
        ("e-exhausted", typeof(SearchEvents.SpaceExhausted)),
        ("e-started", typeof(SearchEvents.AttemptStarted)),
        ("e-measured", typeof(SearchEvents.MeasurementReported)),
        ("e-ignored", typeof(SearchEvents.MeasurementIgnored)),
        ("e-warned", typeof(SearchEvents.WarningReported)),
        ("e-ended", typeof(SearchEvents.AttemptEnded)),
        ("e-finished", typeof(SearchEvents.TrialFinished)),
        ("e-promoted", typeof(SearchEvents.TrialPromoted)),
        ("e-member", typeof(SearchEvents.EnsembleMemberFinished)),
        ("e-ensemble", typeof(SearchEvents.EnsembleBuilt)),
        ("e-ensemble-failed", typeof(SearchEvents.EnsembleFailed)),
        ("e-paused", typeof(SearchEvents.SearchPaused)),
        ("e-resumed", typeof(SearchEvents.SearchResumed)),
        ("e-extended", typeof(SearchEvents.SearchExtended)),
        ("e-stopping", typeof(SearchEvents.SearchStopping)),
        ("e-completed", typeof(SearchEvents.SearchCompleted)),
        ("e-registered", typeof(SearchManagerProtocol.SearchRegistered)),
        ("e-deleted", typeof(SearchManagerProtocol.SearchDeleted)),
        ("e-erased", typeof(SearchManagerProtocol.SearchErased)),

        ("s-search", typeof(SearchSnapshot)),

        ("c-submit", typeof(SearchCommands.SubmitSearch)),
        ("c-suggest", typeof(SearchCommands.RecordSuggestions)),
        ("c-lease", typeof(SearchCommands.LeaseWork)),
        ("c-measure", typeof(SearchCommands.ReportMeasurement)),
        ("c-warn", typeof(SearchCommands.ReportWarning)),
        ("c-outcome", typeof(SearchCommands.ReportOutcome)),
        ("c-release", typeof(SearchCommands.ReleaseLease)),
        ("c-expire", typeof(SearchCommands.ExpireLease)),
        ("c-recovered", typeof(SearchCommands.MarkRecovered)),
        ("c-limits", typeof(SearchCommands.CheckLimits)),
        ("c-pause", typeof(SearchCommands.PauseSearch)),
        ("c-resume", typeof(SearchCommands.ResumeSearch)),
        ("c-stop", typeof(SearchCommands.StopSearch)),
        ("c-delete", typeof(SearchCommands.DeleteSearch)),

        ("r-accepted", typeof(SearchReplies.CommandAccepted)),
        ("r-rejected", typeof(SearchReplies.CommandRejected)),
        ("r-removed", typeof(SearchReplies.SearchRemoved)),
        ("r-leased", typeof(SearchReplies.WorkLeased)),

        ("q-search", typeof(SearchQueries.GetSearch)),
        ("q-trials", typeof(SearchQueries.GetTrials)),
        ("q-spec", typeof(SearchQueries.GetSpec)),
        ("q-list", typeof(SearchManagerProtocol.ListSearches)),
        ("q-cluster", typeof(SearchManagerProtocol.GetCluster)),
        ("q-ready", typeof(SearchManagerProtocol.GetReadiness)),

        ("v-ready", typeof(SearchManagerProtocol.ManagerReady)),
        ("v-summary", typeof(Api.SearchSummary)),
        ("v-list", typeof(Api.SearchList)),
        ("v-search", typeof(Api.SearchDetail)),
        ("v-trials", typeof(Api.TrialPage)),
        ("v-spec", typeof(Api.SearchSpecView)),
        ("v-cluster", typeof(Api.ClusterView)),
        ("v-trace", typeof(Api.TraceView)),

        ("w-hello", typeof(WorkerProtocol.WorkerHello)),
        ("w-welcome", typeof(WorkerProtocol.WorkerWelcome)),
        ("w-refused", typeof(WorkerProtocol.WorkerRefused)),
        ("w-request", typeof(WorkerProtocol.RequestWork)),
        ("w-assigned", typeof(WorkerProtocol.WorkAssigned)),
        ("w-accepted", typeof(WorkerProtocol.ReportAccepted)),
        ("w-resend", typeof(WorkerProtocol.ResendReports)),
        ("w-stale", typeof(WorkerProtocol.StaleLease)),
        ("w-cancel", typeof(WorkerProtocol.CancelAttempt)),
        ("w-goodbye", typeof(WorkerProtocol.WorkerGoodbye)),
        ("w-description", typeof(WorkerDescription)),
    ];

    /// <summary>Types by manifest.</summary>
    public static FrozenDictionary<string, Type> ByManifest { get; } = Table.ToFrozenDictionary(row => row.Manifest, row => row.Type, StringComparer.Ordinal);

    /// <summary>Manifests by type.</summary>
    public static FrozenDictionary<Type, string> ByType { get; } = Table.ToFrozenDictionary(row => row.Type, row => row.Manifest);
}
