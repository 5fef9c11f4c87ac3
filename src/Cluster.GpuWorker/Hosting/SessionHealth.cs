using SearchCluster.GpuWorker.Actors;
using SearchCluster.GpuWorker.Options;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Judges one connection by what its actors saw. Thread-safe.</summary>
internal sealed class SessionHealth(
    WorkerExit exit,
    KeyWatch keys,
    WorkerArtifacts artifacts,
    CoordinatorAddress coordinator,
    WorkerTimings timings,
    TimeProvider clock) : IWorkerConnection
{
    private readonly TimeSpan _firstWelcomeLimit = coordinator.FirstWelcomeLimit;
    private readonly long _start = clock.GetTimestamp();
    private long _lastWelcome;
    private int _hasEnded;
    private int _isForeign;
    private int _isUnanswered;

    /// <summary>True when the coordinator has answered at least once.</summary>
    public bool WasWelcomed => Volatile.Read(ref _lastWelcome) != 0;

    /// <summary>True when the process that was called is no member of this cluster; that is told already.</summary>
    public bool IsForeign => Volatile.Read(ref _isForeign) == 1;

    /// <summary>True when nobody takes a connection at the address, and there are others.</summary>
    public bool IsUnanswered => Volatile.Read(ref _isUnanswered) == 1 && !WasWelcomed;

    /// <summary>Why the connection must be built anew; null while it is good.</summary>
    public string? Problem()
    {
        if (Volatile.Read(ref _hasEnded) == 1)
        {
            return "the connection ended";
        }

        if (IsUnanswered)
        {
            return "no coordinator listens there";
        }

        var (since, limit) = WasWelcomed
            ? (Volatile.Read(ref _lastWelcome), timings.SilenceLimit)
            : (_start, _firstWelcomeLimit);
        return clock.GetElapsedTime(since) < limit ? null : $"no answer from the coordinator for {Durations.Of(limit)}";
    }

    /// <inheritdoc />
    public bool MayWork => artifacts.AreReachable;

    /// <inheritdoc />
    public void Welcomed(WorkerProtocol.WorkerWelcome welcome)
    {
        Volatile.Write(ref _lastWelcome, clock.GetTimestamp());
        keys.Welcomed();
        coordinator.Learn(welcome.Standbys);
        artifacts.Heard(welcome.Artifacts, exit);
    }

    /// <inheritdoc />
    public void Refused(string reason) => exit.Refuse(reason);

    /// <summary>The process that was called is no coordinator of this cluster.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="reason">What is wrong between the certificates; null when it does not have the key.</param>
    public void CalledForeigner(string address, string? reason)
    {
        Volatile.Write(ref _isForeign, 1);
        keys.Foreign(address, reason);
    }

    /// <summary>Nobody takes a connection at the address: where there are others, they are tried at once.</summary>
    public void Unanswered()
    {
        if (coordinator.HasSeveral)
        {
            Volatile.Write(ref _isUnanswered, 1);
        }
    }

    /// <summary>The connection is over, and its actor system will not make another.</summary>
    public void Ended() => Volatile.Write(ref _hasEnded, 1);
}
