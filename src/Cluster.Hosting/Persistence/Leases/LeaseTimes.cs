namespace SearchCluster.Hosting.Persistence.Leases;

/// <summary>Times of the lease of a journal; tests shorten them. A fail-over takes <see cref="Time"/> and <see cref="Poll"/> at most until
/// another coordinator has the lease.</summary>
public sealed record LeaseTimes
{
    /// <summary>A lease that was not renewed for so long, by the clock of the database, may be taken. Default 6 s.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How often the holder renews it. Default 1.5 s.</summary>
    public TimeSpan Renewal { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>A holder that has standbys and could not renew ends so long before one of them may take the lease. Default 1.5 s.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How often a standby looks. Default 1 s.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A standby that did not look for so long is not counted any more. Default 10 s.</summary>
    public TimeSpan StandbyLife { get; init; } = TimeSpan.FromSeconds(10);
}
