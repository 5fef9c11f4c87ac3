namespace SearchCluster.Search.State;

/// <summary>Trials that wait for a worker: again first, in the order in which they may start, then new ones by number.</summary>
/// <param name="New">Trials without an attempt, by number.</param>
/// <param name="Again">Trials whose next attempt may start at a time.</param>
public sealed record WaitingTrials(ImmutableSortedSet<int> New, ImmutableSortedSet<WaitingAgain> Again)
{
    /// <summary>Nothing waits.</summary>
    public static WaitingTrials None { get; } = new([], []);

    /// <summary>How many trials wait.</summary>
    public int Count => New.Count + Again.Count;

    /// <summary>Finds the next trial that may be tried again.</summary>
    /// <param name="now">The coordinator's clock.</param>
    /// <returns>Its number, or null.</returns>
    public int? NextAgain(DateTimeOffset now) => Again.Count > 0 && Again[0].NotBefore <= now ? Again[0].Trial : null;

    /// <summary>Counts the trials that may be tried again now.</summary>
    /// <param name="now">The coordinator's clock.</param>
    /// <returns>How many.</returns>
    public int ReadyCount(DateTimeOffset now)
    {
        // The place where a later entry would be inserted is the number of entries that are due.
        var position = Again.IndexOf(new WaitingAgain(now, int.MaxValue));
        return position < 0 ? ~position : position;
    }

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
        return this with { Again = isWaiting ? Again.Add(entry) : Again.Remove(entry) };
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
