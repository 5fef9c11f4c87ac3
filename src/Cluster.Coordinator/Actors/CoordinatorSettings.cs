using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Search.Decisions;
using SearchCluster.Search.Sampling;
using SearchCluster.Search.State;

namespace SearchCluster.Coordinator.Actors;

/// <summary>What the actors need of the options.</summary>
internal sealed record CoordinatorSettings(
    TimeSpan LeaseTime,
    TimeSpan HeartbeatInterval,
    int SnapshotInterval,
    string Version,
    DateTimeOffset StartedAt,
    TimeProvider Clock)
{
    /// <summary>How often deadlines are looked at.</summary>
    public static TimeSpan TickInterval { get; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait at the end for writes in flight; shorter than the phase of the shutdown that it is in.</summary>
    public static TimeSpan SettleLimit { get; } = TimeSpan.FromSeconds(4);

    /// <summary>Makes the sampler of a search.</summary>
    public Func<SearchSpec, ISampler> Samplers { get; init; } = SamplerCatalog.Create;

    /// <summary>Runs what takes long, a sampler's proposal, elsewhere than in an actor.</summary>
    public Func<Func<SearchCommands.RecordSuggestions>, Task<SearchCommands.RecordSuggestions>> Background { get; init; } = Task.Run;

    /// <summary>Decides what a command leads to.</summary>
    public Func<SearchState?, ISearchCommand, DecisionContext, SearchDecision> Decide { get; init; } = SearchDecider.Decide;

    /// <summary>Opens the journal beside the actors, to answer for searches that are stopped and to find what
    /// is damaged; null where that cannot be done.</summary>
    public Func<IJournalReader>? OpenJournal { get; init; }

    /// <summary>What is wrong with the journal at the moment.</summary>
    public JournalHealth Health { get; init; } = new(failure => failure.Message, Clock);

    /// <summary>Whether searches that were interrupted wait after the start until somebody resumes them.</summary>
    public bool AwaitsResume { get; init; }

    /// <summary>Those that wait no more.</summary>
    public AwakeSearches Awake { get; init; } = new();

    /// <summary>Removes what a deleted search left besides its events: rows that the journal keeps of them, artifacts and traces.</summary>
    public Func<SearchId, string?, Task> RemoveFilesAsync { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Told each written state of each search.</summary>
    public Action<SearchState> Follow { get; init; } = _ => { };

    /// <summary>Where workers that do not share the state folder find artifacts; null where there are none.</summary>
    public ArtifactPlace? Artifacts { get; init; }

    /// <summary>Tells the active coordinator and those that stand by; null where there can be only one.</summary>
    public Func<ValueArray<CoordinatorView>?> Coordinators { get; init; } = () => null;

    /// <summary>Where workers find the coordinators that stand by; null for none.</summary>
    public ValueArray<string>? StandbyAddresses() => Coordinators() is { } all
        && all.Where(one => !one.IsActive).Select(one => one.ClusterAddress).OfType<string>().ToValueArray() is { Count: > 0 } known
            ? known
            : null;

    /// <summary>First wait before a search that stopped is started again; doubles each time.</summary>
    public TimeSpan MinimumBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest such wait.</summary>
    public TimeSpan MaximumBackoff { get; init; } = TimeSpan.FromSeconds(15);
}
