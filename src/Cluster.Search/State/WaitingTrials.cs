namespace SearchCluster.Search.State;

/// <summary>Trials that wait for a worker: again first, in the order in which they may start, then new ones by number.</summary>
/// <param name="New">Trials without an attempt, by number.</param>
/// <param name="Again">Trials whose next attempt may start at a time.</param>
/// <param name="Alone">The same of trials that run alone in a worker's process.</param>
public sealed record WaitingTrials(
    ImmutableSortedSet<int> New, ImmutableSortedSet<WaitingAgain> Again, ImmutableSortedSet<WaitingAgain> Alone)
{
    /// <summary>Nothing waits.</summary>
    public static WaitingTrials None { get; } = new([], [], []);

    /// <summary>How many trials wait.</summary>
    public int Count => New.Count + Again.Count + Alone.Count;

    /// <summary>All trials that had an attempt, those first that run beside others.</summary>
    public IEnumerable<int> Started => Again.Concat(Alone).Select(waiting => waiting.Trial);

    /// <summary>Finds the next trial that may be tried again.</summary>
    /// <param name="now">The coordinator's clock.</param>
    /// <param name="alone">Whether one that runs alone is looked for, or one that runs beside others.</param>
    /// <returns>Its number, or null.</returns>
    public int? NextAgain(DateTimeOffset now, bool alone = false) =>
        (alone ? Alone : Again) is [var first, ..] && first.NotBefore <= now ? first.Trial : null;

    /// <summary>Counts the trials that may be tried again now.</summary>
    /// <param name="now">The coordinator's clock.</param>
    /// <param name="alone">Whether those that run alone are counted, or those that run beside others.</param>
    /// <returns>How many.</returns>
    public int ReadyCount(DateTimeOffset now, bool alone = false) => ReadyCount(alone ? Alone : Again, now);

    /// <summary>Finds when the next one may be tried again that may not now.</summary>
    /// <param name="now">The coordinator's clock.</param>
    /// <returns>Null when there is none.</returns>
    public DateTimeOffset? NextReadyAfter(DateTimeOffset now) => new[] { Again, Alone }
        .Where(waiting => waiting.Count > ReadyCount(waiting, now))
        .Select(waiting => (DateTimeOffset?)waiting[ReadyCount(waiting, now)].NotBefore)
        .Min();

    /// <summary>Adds or removes a trial.</summary>
    /// <param name="trial">The trial, waiting.</param>
    /// <param name="isWaiting">True to add it.</param>
    /// <returns>The new queues.</returns>
    internal WaitingTrials Set(TrialRecord trial, bool isWaiting)
    {
        var number = trial.Id.Number;
        if (trial.Attempts == 0)
        {
            return this with { New = isWaiting ? New.Add(number) : New.Remove(number) };
        }

        var entry = new WaitingAgain(trial.NotBefore ?? DateTimeOffset.MinValue, number);
        return trial.RunsAlone
            ? this with { Alone = isWaiting ? Alone.Add(entry) : Alone.Remove(entry) }
            : this with { Again = isWaiting ? Again.Add(entry) : Again.Remove(entry) };
    }

    private static int ReadyCount(ImmutableSortedSet<WaitingAgain> waiting, DateTimeOffset now)
    {
        // The place where a later entry would be inserted is the number of entries that are due.
        var position = waiting.IndexOf(new WaitingAgain(now, int.MaxValue));
        return position < 0 ? ~position : position;
    }
}

/// <summary>A trial that waits for another attempt.</summary>
/// <param name="NotBefore">When that may start.</param>
/// <param name="Trial">Its number.</param>
public readonly record struct WaitingAgain(DateTimeOffset NotBefore, int Trial) : IComparable<WaitingAgain>
{
    /// <inheritdoc />
    public int CompareTo(WaitingAgain other) =>
        NotBefore.CompareTo(other.NotBefore) is not 0 and var byTime ? byTime : Trial.CompareTo(other.Trial);
}
