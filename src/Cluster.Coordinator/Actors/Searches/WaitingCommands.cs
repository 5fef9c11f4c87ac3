using Akka.Actor;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>Commands that came while a write is in flight, in their order.</summary>
/// <remarks>
/// Holds at most <see cref="ReportRules.MostWaiting"/> reports of one attempt. A worker sends <see cref="ReportRules.Window"/> before it
/// waits for
/// an answer; what one sends beyond that is dropped, and asked for again when those before it are decided. So a flood costs neither memory
/// nor the
/// time of others: a write stays short.
/// </remarks>
/// <param name="ask">Asks the sender of dropped reports for them.</param>
internal sealed class WaitingCommands(Action<IActorRef, WorkerProtocol.ResendReports> ask)
{
    private readonly Queue<PendingCommand> _commands = new();
    private readonly Dictionary<LeaseKey, Room> _rooms = [];

    /// <summary>How many wait.</summary>
    public int Count => _commands.Count;

    /// <summary>Adds a command, unless it is one report too many of its attempt.</summary>
    /// <param name="pending">Who sent it gets no answer when it is.</param>
    public void Enqueue(PendingCommand pending)
    {
        if (ReportOf(pending) is var (lease, seq))
        {
            var room = _rooms.GetValueOrDefault(lease);
            if (room.Waiting >= ReportRules.MostWaiting || room.DroppedFrom is not null)
            {
                // Those behind a dropped one could not be decided either.
                SearchClusterMetrics.ReportsShed.Add(1);
                _rooms[lease] = room with { DroppedFrom = Math.Min(seq, room.DroppedFrom ?? seq) };
                return;
            }

            _rooms[lease] = room with { Waiting = room.Waiting + 1 };
        }

        _commands.Enqueue(pending);
    }

    /// <summary>Takes the first command.</summary>
    /// <param name="pending">It.</param>
    /// <returns>False when none waits.</returns>
    public bool TryDequeue(out PendingCommand pending)
    {
        if (!_commands.TryDequeue(out pending))
        {
            return false;
        }

        if (ReportOf(pending) is var (lease, _))
        {
            var room = _rooms[lease];
            if (room.Waiting > 1)
            {
                _rooms[lease] = room with { Waiting = room.Waiting - 1 };
            }
            else
            {
                _rooms.Remove(lease);
                if (room.DroppedFrom is { } dropped)
                {
                    ask(pending.Sender, new WorkerProtocol.ResendReports(lease, dropped));
                }
            }
        }

        return true;
    }

    private static (LeaseKey Lease, long Seq)? ReportOf(PendingCommand pending) => pending.Command switch
    {
        SearchCommands.ReportMeasurement report => (report.Lease, report.Seq),
        SearchCommands.ReportWarning report => (report.Lease, report.Seq),
        SearchCommands.ReportOutcome report => (report.Lease, report.Seq),
        _ => null,
    };

    /// <summary>The reports of one attempt.</summary>
    /// <param name="Waiting">How many wait.</param>
    /// <param name="DroppedFrom">Number of the first that was dropped; null for none.</param>
    private readonly record struct Room(int Waiting, long? DroppedFrom);
}
