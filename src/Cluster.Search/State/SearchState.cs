using SearchCluster.Contracts.Api;
using SearchCluster.Search.State.Evolution;

namespace SearchCluster.Search.State;

/// <summary>A search, as its events left it. Immutable; only <see cref="SearchEvolver"/> makes new ones.</summary>
/// <remarks>
/// What a command needs is kept next to the trials (counts, queues, ranking, open leases), so that no decision scans the trials:
/// a command costs O(log n) of the number of trials.
/// </remarks>
/// <param name="Spec">The specification as submitted.</param>
/// <param name="SpecText">The file as its author wrote it.</param>
/// <param name="TraceParent">W3C context of the submit span.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
public sealed record SearchState(SearchSpec Spec, string SpecText, string? TraceParent, DateTimeOffset SubmittedAt)
{
    /// <summary>The search's name.</summary>
    public SearchId SearchId => Spec.Name;

    /// <summary>The specification as written; what a submission of the same name is compared with.</summary>
    public WrittenSpec Written { get; init; } = WrittenSpec.Recovered(Spec);

    /// <summary>The budget as extended so far.</summary>
    public BudgetSpec Budget { get; init; } = Spec.Budget;

    /// <summary>Most trials at once; null for no limit.</summary>
    public int? Concurrency { get; init; } = Spec.Resources?.Concurrency;

    /// <summary>Among searches that wait for a slot the highest gets it.</summary>
    public int Priority { get; init; } = Spec.Resources?.Priority ?? 0;

    /// <summary>Where the search stands.</summary>
    public SearchLifecycle Lifecycle { get; init; } = SearchLifecycle.Running;

    /// <summary>Why it ends or ended; null while it runs.</summary>
    public SearchEnd? End { get; init; }

    /// <summary>Why the space holds no further configuration; null when it may.</summary>
    public string? Exhausted { get; init; }

    /// <summary>All trials; a trial's number is its index.</summary>
    public ImmutableList<TrialRecord> Trials { get; init; } = [];

    /// <summary>Trials by state.</summary>
    public TrialCounts Counts { get; init; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>Waiting trials.</summary>
    public WaitingTrials Waiting { get; init; } = WaitingTrials.None;

    /// <summary>Trials that the scheduler paused, by number.</summary>
    public ImmutableSortedSet<int> Paused { get; init; } = [];

    /// <summary>Trials skipped by an end of the search; extending it makes them wait again.</summary>
    public ImmutableSortedSet<int> Skipped { get; init; } = [];

    /// <summary>Finished trials with a finite objective, best first; with <c>repeats</c> those of the configuration with the best
    /// mean.</summary>
    public ImmutableSortedSet<RankedTrial> Ranking { get; init; } = [];

    /// <summary>
    /// Finished trials in the order in which they finished; what a sampler saw is a prefix of it. In a
    /// reproducible search those that finished since the current round began are in the order of their numbers.
    /// </summary>
    public ImmutableList<int> FinishOrder { get; init; } = [];

    /// <summary>How many trials were finished when the current round began; 0 in a search without rounds.</summary>
    public int FinishesBeforeRound { get; init; }

    /// <summary>Stages of a coarse-to-fine search that began.</summary>
    public ImmutableList<SpaceNarrowing> Narrowings { get; init; } = [];

    /// <summary>Suggestions in a row of which the model expects less than the budget's plateau asks for.</summary>
    public int SuggestionsWithoutPromise { get; init; }

    /// <summary>Running attempts by fence.</summary>
    public ImmutableSortedDictionary<long, LeaseRecord> Leases { get; init; } = ImmutableSortedDictionary<long, LeaseRecord>.Empty;

    /// <summary>The last fencing number given out.</summary>
    public long LastFence { get; init; }

    /// <summary>The ensemble.</summary>
    public EnsembleRecord Ensemble { get; init; } = EnsembleRecord.None;

    /// <summary>What time was spent.</summary>
    public SearchClock Clock { get; init; } = SearchClock.StartedAt(SubmittedAt);

    /// <summary>Measurements of all trials, repeated ones left out.</summary>
    public long Epochs { get; init; }

    /// <summary>Finished trials in a row without a new best; with <c>repeats</c> those of configurations all of whose trials are
    /// over.</summary>
    public int FinishedWithoutImprovement { get; init; }

    /// <summary>Finished trials that became the best.</summary>
    public ImmutableList<ImprovementView> History { get; init; } = [];

    /// <summary>The data that its trials learned from; null before the first measurement, and in journals of
    /// releases that did not tell.</summary>
    public DataIdentity? Data { get; init; }

    /// <summary>What attempts warned of, each text once.</summary>
    public ImmutableList<WarningView> Warnings { get; init; } = [];

    /// <summary>Reports of warnings that are not kept one by one, because there are too many different ones.</summary>
    public int OtherWarnings { get; init; }

    /// <summary>When the search was over; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many events led here.</summary>
    public long Revision { get; init; }

    /// <summary>True when the search is over.</summary>
    public bool IsOver => Lifecycle is SearchLifecycle.Completed or SearchLifecycle.Stopped or SearchLifecycle.Failed;

    /// <summary>True when the search ended because its data or its configuration could not be used.</summary>
    public bool IsMisconfigured => Lifecycle == SearchLifecycle.Failed && End?.Reason == SearchEndReason.Misconfigured;

    /// <summary>The best finished trial; null before the first with a finite objective.</summary>
    public TrialRecord? Best => Ranking.Count == 0 ? null : Trials[Ranking[0].Trial];

    /// <summary>The current leases.</summary>
    public IEnumerable<OpenLease> OpenLeases =>
        Leases.Values.Select(lease => new OpenLease(
            lease.Key, lease.WorkerId, lease.Incarnation, Cancellation.Of(this, lease), lease.IsAlone));

    /// <summary>When a limit may be reached next, or a retry may start, as seen at the last event; null when
    /// nothing waits for time.</summary>
    public DateTimeOffset? NextLimitAt => NextLimitAfter(Clock.LastEventAt);

    /// <summary>Computes when a limit may be reached next, or a retry may start.</summary>
    /// <param name="now">The coordinator's clock.</param>
    /// <returns>A time after <paramref name="now"/> for retries; for limits possibly one that has passed. Null
    /// when nothing waits for time.</returns>
    public DateTimeOffset? NextLimitAfter(DateTimeOffset now) => Limits.NextAt(this, now);

    /// <summary>Tells how far an item got.</summary>
    /// <param name="item">A trial, or something else of the search.</param>
    /// <returns>The last resource level of a trial; 0 for anything else.</returns>
    public int ResourceOf(WorkItem item) => item.TrialId is { } id && id.Number < Trials.Count ? Trials[id.Number].Resource : 0;

    /// <summary>Tells which trials the sampler should propose next.</summary>
    /// <param name="prefetch">How many new trials should wait ahead of demand; a reproducible search wants the
    /// rest of its round, whatever that is.</param>
    /// <returns>The first number and how many; 0 when none are wanted.</returns>
    public (TrialId First, int Count) SuggestionsWanted(int prefetch)
    {
        var first = new TrialId(Trials.Count);
        if (Lifecycle != SearchLifecycle.Running || Exhausted is not null)
        {
            return (first, 0);
        }

        if (Rounds.AreKept(Spec))
        {
            return (first, Rounds.Wanted(this));
        }

        return (first, Math.Max(0, Math.Min(prefetch - Waiting.New.Count, (Budget.Trials ?? int.MaxValue) - Trials.Count)));
    }

    /// <summary>Tells what could be leased.</summary>
    /// <param name="now">The coordinator's clock; without it, retries count that could start at the last event.</param>
    /// <returns>The demand; no groups when nothing could be leased.</returns>
    public WorkDemand WorkDemand(DateTimeOffset? now = null)
    {
        var (together, alone) = Leasable(now ?? Clock.LastEventAt);
        return new(together, Spec.Resources?.Device ?? DeviceRequirement.Auto, Spec.Resources?.Labels, alone);
    }

    private (int Together, int Alone) Leasable(DateTimeOffset now)
    {
        if (EnsembleRules.IsLeasable(this, now))
        {
            return Ensemble.RunsAlone ? (0, 1) : (1, 0);
        }

        var members = EnsembleRules.LeasableMembers(this, now).GroupBy(number => Ensemble.Member(number).RunsAlone)
            .ToDictionary(group => group.Key, group => group.Count());
        if (members.Count > 0)
        {
            return Places(members.GetValueOrDefault(false), members.GetValueOrDefault(true), FreeMemberPlaces);
        }

        return Lifecycle switch
        {
            SearchLifecycle.Running =>
                Places(Waiting.New.Count + Waiting.ReadyCount(now), Waiting.ReadyCount(now, alone: true), FreePlaces),
            SearchLifecycle.Finishing => Places(Waiting.ReadyCount(now), Waiting.ReadyCount(now, alone: true), FreePlaces),
            _ => (0, 0),
        };
    }

    // One place is kept for those that run alone: they wait for a whole process besides, and the others would take it each time.
    private static (int Together, int Alone) Places(int together, int alone, int free) =>
        (Math.Min(together, Math.Max(0, free - Math.Min(alone, 1))), Math.Min(alone, free));

    /// <summary>How many more trials may run at once.</summary>
    internal int FreePlaces => Concurrency is { } most ? Math.Max(0, most - Counts.Running) : int.MaxValue;

    /// <summary>How many more members of the ensemble may be trained at once.</summary>
    internal int FreeMemberPlaces => Concurrency is { } most ? Math.Max(0, most - Leases.Count) : int.MaxValue;
}

/// <summary>Why a search ends or ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Explanation">The same for people.</param>
/// <param name="Mode">Whether running attempts may finish.</param>
public sealed record SearchEnd(SearchEndReason Reason, string Explanation, StopMode Mode);

/// <summary>A finished trial in the order of the ranking.</summary>
/// <param name="Loss">Its objective, minimised (negated when larger is better); finite.</param>
/// <param name="Trial">Its number; the earlier trial wins a tie.</param>
/// <param name="Others">The losses of the further objectives, infinite where unknown; null for one objective. They decide between equal
/// losses, so that the first trial is on the Pareto front.</param>
/// <param name="IsPartial">True when it misses folds, and so comes behind all that have theirs.</param>
/// <param name="Mean">Mean loss of its configuration, which comes before its own; null where each configuration is evaluated once.</param>
/// <param name="IsIncomplete">True when its configuration misses evaluations, and so comes behind all that have theirs.</param>
public readonly record struct RankedTrial(
    double Loss,
    int Trial,
    ValueArray<double>? Others = null,
    bool IsPartial = false,
    double? Mean = null,
    bool IsIncomplete = false) : IComparable<RankedTrial>
{
    /// <inheritdoc />
    public int CompareTo(RankedTrial other)
    {
        var order = CompareRank(other);
        order = order != 0 ? order : Loss.CompareTo(other.Loss);
        for (var i = 0; order == 0 && i < Math.Min(Others?.Count ?? 0, other.Others?.Count ?? 0); i++)
        {
            order = Others![i].CompareTo(other.Others![i]);
        }

        return order != 0 ? order : Trial.CompareTo(other.Trial);
    }

    /// <summary>Tells whether this best trial is an improvement over the one before.</summary>
    /// <param name="before">The best trial before; null when there was none.</param>
    internal bool IsBetterThan(RankedTrial? before) => before is not { } other || CompareRank(other) < 0;

    private int CompareRank(RankedTrial other)
    {
        var order = IsPartial.CompareTo(other.IsPartial);
        order = order != 0 ? order : IsIncomplete.CompareTo(other.IsIncomplete);
        return order != 0 ? order : (Mean ?? Loss).CompareTo(other.Mean ?? other.Loss);
    }
}
