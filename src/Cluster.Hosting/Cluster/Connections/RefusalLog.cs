using Akka.Event;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>Tells of connections that came to nothing, or were ended: one line for each cause and minute, since whoever can
/// reach the port decides how many there are.</summary>
internal sealed class RefusalLog(ILoggingAdapter log, string proof, TimeProvider clock)
{
    /// <summary>How each line begins; by it people get to see them, whatever else of Akka's transport they do not.</summary>
    public const string Opening = "A connection from {Peer} to the port for workers was refused: {Reason}";

    /// <summary>How the line about a connection that was open begins.</summary>
    public const string Ending = "The connection with {Peer} on the port for workers was ended: {Reason}";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<HandshakeFault, Count> _counts = [];

    /// <summary>Notes one.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="peer">Where it came from.</param>
    /// <param name="reason">More of why, as the end of a sentence; null for none.</param>
    public void Note(HandshakeFault fault, string peer, string? reason = null)
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
        var why = HandshakeException.Describe(fault, proof, reason) + help;
        if (untold == 0)
        {
            log.Warning(Opening, peer, why);
        }
        else
        {
            log.Warning(Opening + " (as {Count} more since the last line about it)", peer, why, untold);
        }
    }

    /// <summary>Notes the end of a connection that was open; only members have one.</summary>
    /// <param name="peer">The other end.</param>
    /// <param name="reason">Why, as the end of a sentence.</param>
    public void NoteEnd(string peer, string reason) => log.Warning(Ending, peer, reason);

    private readonly record struct Count(long Told, int Untold);
}
