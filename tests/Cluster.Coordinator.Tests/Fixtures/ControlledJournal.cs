using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace SearchCluster.Coordinator.Tests.Fixtures;

/// <summary>A journal in memory whose writes a test counts, holds back and fails.</summary>
public sealed class ControlledJournal : MemoryJournal
{
    /// <summary>What a test does with the journal of one actor system.</summary>
    public sealed class Control
    {
        private TaskCompletionSource? _gate;

        public ConcurrentQueue<(string PersistenceId, int Events)> Writes { get; } = new();

        public ConcurrentQueue<object> Events { get; } = new();

        public Exception? Failure { get; set; }

        public bool CannotBeRead { get; set; }

        public int FailedReads { get; private set; }

        public int FailedWrites { get; private set; }

        public Task<long> FailRead()
        {
            FailedReads++;
            return Task.FromException<long>(new IOException("the disk is gone"));
        }

        public void FailWriteIfTold()
        {
            if (Failure is { } failure)
            {
                FailedWrites++;
                throw failure;
            }
        }

        public IEnumerable<int> WritesOf(string search) =>
            Writes.Where(write => write.PersistenceId == "search-" + search).Select(write => write.Events);

        public Task Gate => _gate?.Task ?? Task.CompletedTask;

        public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release()
        {
            _gate?.SetResult();
            _gate = null;
        }
    }

    private static readonly ConditionalWeakTable<ActorSystem, Control> Controls = [];

    private readonly Control _control = Of(Context.System);

    public static Control Of(ActorSystem system) => Controls.GetValue(system, static _ => new Control());

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken) =>
        _control.CannotBeRead ? _control.FailRead() : base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr, cancellationToken);

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.ToList();
        foreach (var write in writes)
        {
            var events = (IImmutableList<IPersistentRepresentation>)write.Payload;
            _control.Writes.Enqueue((write.PersistenceId, events.Count));
        }

        await _control.Gate;
        _control.FailWriteIfTold();
        foreach (var e in writes.SelectMany(write => (IImmutableList<IPersistentRepresentation>)write.Payload))
        {
            _control.Events.Enqueue(e.Payload);
        }

        return await base.WriteMessagesAsync(writes, cancellationToken);
    }
}
