using SearchCluster.Contracts;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Workloads;

namespace SearchCluster.GpuWorker.Options;

/// <summary>What a worker is told when it starts; checked once, by <see cref="Validate"/>.</summary>
public sealed record WorkerOptions
{
    /// <summary>Largest number of slots.</summary>
    public const int MaximumSlots = 64;

    /// <summary>Default of <see cref="DataCacheBytes"/>: 32 GiB.</summary>
    public const long DefaultDataCacheBytes = 32L << 30;

    /// <summary>The state folder: the outbox lies in it, the cluster's key, and, where it is the coordinator's too, artifacts and the
    /// address of the coordinator.</summary>
    public required StateFolder StateFolder { get; init; }

    /// <summary>The worker's name, stable over restarts. Null for <c>host-device</c>, with -2, -3 … while
    /// another process uses it.</summary>
    public string? Name { get; init; }

    /// <summary>How many groups of trials run at once, 1 to 64. Null for as many as cores on a CPU, and 1 on a GPU.</summary>
    public int? Slots { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>. Default <c>auto</c>: the first visible GPU, else the CPU.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Free tags that searches may ask for.</summary>
    public ValueMap<string> Labels { get; init; } = ValueMap<string>.Empty;

    /// <summary>The coordinator as <c>host:port</c>, by the address on which it listens, or several, separated by commas, tried in
    /// turn; null to read it from the state folder at every connection. What is not on loopback needs a certificate. Process mode
    /// only.</summary>
    public string? Coordinator { get; init; }

    /// <summary>Finds the token of the coordinator's HTTP API, for artifacts where the state folder is another one; null to read it from
    /// the state folder. Throws a <see cref="SearchClusterException"/> where what was named holds no token. Process mode only.</summary>
    public Func<string?>? Token { get; init; }

    /// <summary>Most bytes of data sets that are fetched from a coordinator and kept. Default 32 GiB. At least 1 MiB. Process mode
    /// only.</summary>
    public long DataCacheBytes { get; init; } = DefaultDataCacheBytes;

    /// <summary>What people see of the log. Default compact lines on the error stream. Process mode only.</summary>
    public ConsoleLog Console { get; init; } = ConsoleLog.Compact;

    /// <summary>Adds debug lines to the log file. Default false. Process mode only.</summary>
    public bool Verbose { get; init; }

    /// <summary>What runs assignments; null for training with libtorch on the chosen device.</summary>
    public IWorkExecutor? Executor { get; init; }

    /// <summary>What can be trained; null for the workloads that ship with the product.</summary>
    public WorkloadCatalog? Workloads { get; init; }

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Delays of the protocol and the connection.</summary>
    public WorkerTimings Timings { get; init; } = new();

    /// <summary>Checks everything at once.</summary>
    /// <exception cref="WorkerOptionsException">At least one value breaks its rule; the message names all of them.</exception>
    public void Validate()
    {
        var violations = WorkerOptionsRules.Violations(this).ToArray();
        if (violations.Length > 0)
        {
            throw new WorkerOptionsException(string.Join(Environment.NewLine, violations));
        }
    }
}

/// <summary>Delays of a worker; tests shorten them.</summary>
public sealed record WorkerTimings
{
    /// <summary>Between two hellos until the coordinator names another interval. Default 3 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>First wait before an unacknowledged report goes out again; doubles up to <see cref="ResendLimit"/>. Default 2 s.</summary>
    public TimeSpan ResendAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait before an unacknowledged report goes out again. Default 30 s.</summary>
    public TimeSpan ResendLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that was welcomed and then hears nothing for so long is built anew. Default 10 s.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection that was never welcomed is built anew after so long; below the lease time of 15 s. Default 10 s.</summary>
    public TimeSpan FirstWelcomeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same where there are other coordinators to try; longer in each further round. Default 4 s.</summary>
    public TimeSpan TurnLimit { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>First wait before a connection is built anew; doubles up to <see cref="ReconnectLimit"/>. Default 0.5 s.</summary>
    public TimeSpan ReconnectAfter { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest wait before a connection is built anew. Default 5 s.</summary>
    public TimeSpan ReconnectLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A key that is missing, or another one than the coordinator's, ends a worker that was never welcomed after so long: a
    /// coordinator that starts meanwhile makes it right. Default 10 s.</summary>
    public TimeSpan KeyPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long attempts get to write their checkpoint when the worker stops in order. Default 20 s;
    /// the process is gone within 30 s.</summary>
    public TimeSpan LeaveLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>An attempt that was to end and gave no sign of life for so long hangs; its process ends. Default 30 s.</summary>
    public TimeSpan HangLimit { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Options of a worker break their rules; the message has one line for each.</summary>
public sealed class WorkerOptionsException(string message) : SearchClusterException(message);
