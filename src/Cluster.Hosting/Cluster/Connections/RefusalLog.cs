using Akka.Event;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>Tells of connections that came to nothing: one line for each cause and minute, since whoever can
/// reach the port decides how many there are.</summary>
internal sealed class RefusalLog(ILoggingAdapter log, TimeProvider clock)
{
    /// <summary>How each line begins; by it people get to see them, whatever else of Akka's transport they do not.</summary>
    public const string Opening = "A connection from {Peer} to the port for workers was refused: {Reason}";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<HandshakeFault, Count> _counts = [];

    /// <summary>Notes one.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="peer">Where it came from.</param>
    public void Note(HandshakeFault fault, string peer)
    {
        int untold;
        lock (_gate)
        {
            if (_counts.TryGetValue(fault, out var count) && clock.GetElapsedTime(count.Told) < Window)
            {
                _counts[fault] = count with { Untold = count.Untold + 1 };
                return;
            }

            untold = count.Untold;
            _counts[fault] = new Count(clock.GetTimestamp(), 0);
        }

        var help = fault == HandshakeFault.OtherKey
            ? "; a worker of this cluster is started with this coordinator's state folder (--state)"
            : "";
        var why = new HandshakeException(fault).Message + help;
        if (untold == 0)
        {
            log.Warning(Opening, peer, why);
        }
        else
        {
            log.Warning(Opening + " (as {Count} more since the last line about it)", peer, why, untold);
        }
    }

    private readonly record struct Count(long Told, int Untold);
}
