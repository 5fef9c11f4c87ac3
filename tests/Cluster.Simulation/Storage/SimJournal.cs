using Akka.Actor;
using Akka.Persistence;
using SearchCluster.Simulation.Bugs;
using SearchCluster.Simulation.Engine;
using SearchCluster.Simulation.Faults;

namespace SearchCluster.Simulation.Storage;

/// <summary>The journal and the snapshots, as a database keeps them: what is in here survives every process.</summary>
/// <remarks>Its plugin actors speak Akka's protocol themselves, so that nothing of a write happens on another thread.</remarks>
/// <param name="world">Time and chance.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="bug">What is planted.</param>
internal sealed class SimJournal(World world, FaultProfile faults, PlantedBug bug)
{
    private readonly Dictionary<string, List<IPersistentRepresentation>> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SelectedSnapshot>> _snapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _lastDue = new(StringComparer.Ordinal);
    private readonly List<Write> _pending = [];

    /// <summary>Told of each event that is in the journal from now on.</summary>
    public Action<string, IPersistentRepresentation> Appended { get; set; } = (_, _) => { };

    /// <summary>Told of each snapshot.</summary>
    public Action<SnapshotMetadata, object> Saved { get; set; } = (_, _) => { };

    /// <summary>Called around writes, with true before the events are in; kills the process where chance wants it.</summary>
    public Action<SimProcess?, bool> AtWrite { get; set; } = (_, _) => { };

    /// <summary>True while no write is taken.</summary>
    public bool IsOut { get; set; }

    /// <summary>True while chance has its way.</summary>
    public bool MayFail { get; set; } = true;

    public IReadOnlyList<IPersistentRepresentation> Events(string persistenceId) => Of(persistenceId);

    /// <summary>Takes a write up.</summary>
    public void Take(WriteMessages message)
    {
        var owner = Paths.OwnerOf(world, message.PersistentActor.Path);
        var rows = new List<IPersistentRepresentation>();
        foreach (var envelope in message.Messages)
        {
            if (envelope is AtomicWrite atomic)
            {
                rows.AddRange((IEnumerable<IPersistentRepresentation>)atomic.Payload);
            }
        }

        var write = new Write(owner, message, rows, Judge());
        _pending.Add(write);
        var id = rows.Count == 0 ? "" : rows[0].PersistenceId;
        var delay = MayFail && world.Chance(faults.SlowWrite) ? world.Between(0.5, 6) : world.Between(0.0002, 0.004);
        var due = Later(id, world.Now + delay);
        world.At(due - world.Now, null, () => Carry(write));
        if (bug.ConfirmsBeforeWriting && write.Verdict == WriteVerdict.Written)
        {
            write.IsConfirmed = true;
            world.At(TimeSpan.Zero, null, () => Confirm(write));
        }
    }

    /// <summary>A process was killed: what it had sent is in the journal or not.</summary>
    public void Settle(SimProcess process)
    {
        if (bug.LosesLastEvent)
        {
            foreach (var (_, rows) in _events.Where(pair => pair.Value.Count > 1))
            {
                rows.RemoveAt(rows.Count - 1);
            }
        }

        foreach (var write in _pending.Where(write => write.Owner == process).ToList())
        {
            _pending.Remove(write);
            write.IsDone = true;
            if (write.Verdict is WriteVerdict.Written or WriteVerdict.WrittenButFailed && world.Chance(0.5) && !bug.ConfirmsBeforeWriting)
            {
                world.Note($"journal: the write of {process.Name} arrives all the same");
                TryAppend(write.Rows);
            }
        }
    }

    /// <summary>Answers a replay.</summary>
    public void Replay(ReplayMessages message)
    {
        world.At(world.Between(0.0005, 0.01), null, () =>
        {
            if (MayFail && world.Chance(faults.FailedReplay))
            {
                message.PersistentActor.Tell(new ReplayMessagesFailure(new SimJournalException("not readable now")), ActorRefs.NoSender);
                return;
            }

            var rows = Of(message.PersistenceId);
            var wanted = bug.Replay(message.PersistenceId, rows)
                .Where(row => row.SequenceNr >= message.FromSequenceNr && row.SequenceNr <= message.ToSequenceNr);
            foreach (var row in wanted.Take((int)Math.Min(message.Max, int.MaxValue)).ToList())
            {
                message.PersistentActor.Tell(new ReplayedMessage(row), ActorRefs.NoSender);
            }

            message.PersistentActor.Tell(new RecoverySuccess(rows.Count), ActorRefs.NoSender);
        });
    }

    /// <summary>Answers what is asked of the snapshots.</summary>
    public void Snapshots(object message, IActorRef asker)
    {
        switch (message)
        {
            case LoadSnapshot load:
                world.At(world.Between(0.0005, 0.005), null, () => asker.Tell(new LoadSnapshotResult(Find(load), load.ToSequenceNr)));
                break;
            case SaveSnapshot save:
                world.At(world.Between(0.001, 0.05), null, () => Save(save, asker));
                break;
            case DeleteSnapshots delete:
                SnapshotsOf(delete.PersistenceId).RemoveAll(one => one.Metadata.SequenceNr <= delete.Criteria.MaxSequenceNr);
                asker.Tell(new DeleteSnapshotsSuccess(delete.Criteria));
                break;
            default:
                throw new InvalidOperationException($"The snapshot store was told {message.GetType().Name}, which it does not know.");
        }
    }

    private void Carry(Write write)
    {
        if (write.IsDone)
        {
            return;
        }

        AtWrite(write.Owner, true);
        if (write.IsDone)
        {
            return;
        }

        _pending.Remove(write);
        write.IsDone = true;
        if (write.Verdict == WriteVerdict.Late)
        {
            // The database commits after the client has given up, perhaps after it has read everything anew.
            world.At(world.Between(0.001, 2), null, () => TryAppend(write.Rows));
        }

        var isWritten = write.Verdict is WriteVerdict.Written or WriteVerdict.WrittenButFailed && TryAppend(write.Rows);
        AtWrite(write.Owner, false);
        if (write.Owner is { IsDead: true })
        {
            return;
        }

        if (isWritten && write.Verdict == WriteVerdict.Written)
        {
            if (!write.IsConfirmed)
            {
                Confirm(write);
            }
        }
        else
        {
            world.Note($"journal: a write is reported as failed ({write.Verdict}, {(isWritten ? "it is in" : "it is not in")})");
            Refuse(write);
        }
    }

    private static void Confirm(Write write)
    {
        var actor = write.Message.PersistentActor;
        actor.Tell(WriteMessagesSuccessful.Instance, ActorRefs.NoSender);
        foreach (var row in write.Rows)
        {
            actor.Tell(new WriteMessageSuccess(row, write.Message.ActorInstanceId), ActorRefs.NoSender);
        }
    }

    private static void Refuse(Write write)
    {
        var (actor, cause) = (write.Message.PersistentActor, new SimJournalException("not writable now"));
        if (write.Verdict == WriteVerdict.Rejected)
        {
            actor.Tell(WriteMessagesSuccessful.Instance, ActorRefs.NoSender);
            write.Rows.ForEach(row => actor.Tell(
                new WriteMessageRejected(row, cause, write.Message.ActorInstanceId), ActorRefs.NoSender));
            return;
        }

        actor.Tell(new WriteMessagesFailed(cause, write.Rows.Count), ActorRefs.NoSender);
        write.Rows.ForEach(row => actor.Tell(new WriteMessageFailure(row, cause, write.Message.ActorInstanceId), ActorRefs.NoSender));
    }

    // All or nothing, and no number twice, as the primary key of the table has it.
    private bool TryAppend(List<IPersistentRepresentation> rows)
    {
        var all = rows.Count == 0 ? [] : Of(rows[0].PersistenceId);
        if (rows.Count > 0 && rows[0].SequenceNr != all.Count + 1)
        {
            return false;
        }

        foreach (var row in rows)
        {
            all.Add(row);
            Appended(row.PersistenceId, row);
        }

        return true;
    }

    private WriteVerdict Judge() =>
        IsOut ? WriteVerdict.Failed
        : !MayFail || !world.Chance(faults.FailedWrite) ? WriteVerdict.Written
        : (WriteVerdict)world.Random.NextInteger(1, 4);

    private TimeSpan Later(string id, TimeSpan due)
    {
        _lastDue[id] = _lastDue.TryGetValue(id, out var last) && last > due ? last : due;
        return _lastDue[id];
    }

    private SelectedSnapshot? Find(LoadSnapshot load)
    {
        var most = Math.Min(load.ToSequenceNr, load.Criteria.MaxSequenceNr);
        return SnapshotsOf(load.PersistenceId).LastOrDefault(one => one.Metadata.SequenceNr <= most);
    }

    private void Save(SaveSnapshot save, IActorRef asker)
    {
        if (Paths.OwnerOf(world, asker.Path) is { IsDead: true } && world.Chance(0.5))
        {
            return;
        }

        if (MayFail && world.Chance(faults.FailedSnapshot))
        {
            asker.Tell(new SaveSnapshotFailure(save.Metadata, new SimJournalException("no room for a snapshot")));
            return;
        }

        Saved(save.Metadata, save.Snapshot);
        var metadata = new SnapshotMetadata(
            save.Metadata.PersistenceId, bug.SnapshotNumber(save.Metadata.SequenceNr), save.Metadata.Timestamp);
        var all = SnapshotsOf(save.Metadata.PersistenceId);
        all.Add(new SelectedSnapshot(metadata, bug.Snapshot(save.Snapshot)));
        all.Sort((left, right) => left.Metadata.SequenceNr.CompareTo(right.Metadata.SequenceNr));
        asker.Tell(new SaveSnapshotSuccess(save.Metadata));
    }

    private List<IPersistentRepresentation> Of(string id) => _events.TryGetValue(id, out var all) ? all : _events[id] = [];

    private List<SelectedSnapshot> SnapshotsOf(string id) => _snapshots.TryGetValue(id, out var all) ? all : _snapshots[id] = [];

    private sealed record Write(
        SimProcess? Owner, WriteMessages Message, List<IPersistentRepresentation> Rows, WriteVerdict Verdict)
    {
        public bool IsDone { get; set; }

        public bool IsConfirmed { get; set; }
    }
}

/// <summary>What becomes of a write.</summary>
internal enum WriteVerdict
{
    /// <summary>In the journal, and confirmed.</summary>
    Written,

    /// <summary>In the journal, and reported as failed.</summary>
    WrittenButFailed,

    /// <summary>Reported as failed, and in the journal some time later, unless others came first.</summary>
    Late,

    /// <summary>Not in the journal.</summary>
    Failed,

    /// <summary>Not in the journal, as an event that cannot be written.</summary>
    Rejected,
}

/// <summary>What the simulated journal throws.</summary>
internal sealed class SimJournalException(string message) : IOException(message);
