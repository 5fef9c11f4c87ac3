using SearchCluster.Simulation.Engine;

namespace SearchCluster.Simulation.Faults;

/// <summary>What may go wrong in one run, and how often; chosen by its seed.</summary>
internal sealed record FaultProfile
{
    /// <summary>Nothing goes wrong.</summary>
    public static FaultProfile Quiet { get; } = new();

    /// <summary>Probability that a message is lost.</summary>
    public double Loss { get; init; }

    /// <summary>Probability that a message comes twice, the second time late.</summary>
    public double Duplicate { get; init; }

    /// <summary>Longest usual way of a message, in seconds.</summary>
    public double Latency { get; init; } = 0.01;

    /// <summary>Probability that a write fails or is reported as failed.</summary>
    public double FailedWrite { get; init; }

    /// <summary>Probability that a write takes seconds.</summary>
    public double SlowWrite { get; init; }

    /// <summary>Probability that a replay fails.</summary>
    public double FailedReplay { get; init; }

    /// <summary>Probability that a snapshot is not saved.</summary>
    public double FailedSnapshot { get; init; }

    /// <summary>Probability that the coordinator is killed just before, or just after, a write.</summary>
    public double KilledAtWrite { get; init; }

    /// <summary>Probability that a worker is killed just before, or just after, it sends.</summary>
    public double KilledAtSend { get; init; }

    /// <summary>Mean time between two blows to a process or a connection; null for none.</summary>
    public double? SecondsBetweenBlows { get; init; }

    /// <summary>Which blows.</summary>
    public IReadOnlyList<Blow> Blows { get; init; } = [];

    /// <summary>How long things go wrong.</summary>
    public TimeSpan Lasts { get; init; }

    /// <summary>True where every message arrives once and the coordinator runs on, so that it knows which slots are free.</summary>
    public bool IsOrderly => Loss == 0 && Duplicate == 0 && FailedWrite == 0 && KilledAtWrite == 0
        && Blows.All(blow => blow is Blow.KillWorker or Blow.FreezeWorker or Blow.LeaveWorker or Blow.Pause);

    /// <summary>Chooses a profile.</summary>
    /// <param name="world">Its chance decides.</param>
    public static FaultProfile Of(World world)
    {
        if (world.Chance(0.03))
        {
            return Quiet;
        }

        double Sometimes(double share, double most) => world.Chance(share) ? most * world.Random.NextDouble() : 0;
        Blow[] blows = [.. Enum.GetValues<Blow>().Where(_ => world.Chance(0.4))];
        return new()
        {
            Loss = Sometimes(0.4, 0.15),
            Duplicate = Sometimes(0.5, 0.2),
            Latency = world.Chance(0.3) ? 0.5 * world.Random.NextDouble() : 0.01,
            FailedWrite = Sometimes(0.4, 0.08),
            SlowWrite = Sometimes(0.3, 0.03),
            FailedReplay = Sometimes(0.2, 0.2),
            FailedSnapshot = Sometimes(0.3, 0.5),
            KilledAtWrite = Sometimes(0.4, 0.03),
            KilledAtSend = Sometimes(0.4, 0.02),
            SecondsBetweenBlows = blows.Length > 0 && world.Chance(0.9) ? 1 + (15 * world.Random.NextDouble()) : null,
            Blows = blows,
            Lasts = world.Between(10, 60),
        };
    }
}

/// <summary>What happens to a process or a connection.</summary>
internal enum Blow
{
    /// <summary>A worker is killed, and started again after a while, mostly.</summary>
    KillWorker,

    /// <summary>A worker stands still, often for longer than its leases last.</summary>
    FreezeWorker,

    /// <summary>A worker is asked to end, and started again.</summary>
    LeaveWorker,

    /// <summary>A worker's connection ends; what was on its way is lost.</summary>
    BreakConnection,

    /// <summary>A worker and the coordinator do not reach each other for a while.</summary>
    Partition,

    /// <summary>The coordinator is killed, and started again.</summary>
    KillCoordinator,

    /// <summary>The coordinator stands still.</summary>
    FreezeCoordinator,

    /// <summary>No write is taken for a while.</summary>
    JournalOut,

    /// <summary>A worker is drained for a while.</summary>
    Drain,

    /// <summary>A person pauses the search and resumes it.</summary>
    Pause,
}
