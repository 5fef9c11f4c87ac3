using Akka.Persistence;

namespace SearchCluster.Coordinator.Moving;

/// <summary>Continues one history of the journal with given events, through the plug-in that a coordinator writes with.</summary>
/// <remarks>What is there already has to be the beginning of what is given, so an import that was interrupted goes on where it
/// ended.</remarks>
internal sealed class ImportActor : UntypedPersistentActor
{
    private const int GroupSize = 256;

    private readonly IEnumerator<ISearchEvent> _given;
    private readonly TaskCompletionSource<Imported> _done;
    private readonly Action<long> _progress;
    private long _same;
    private long _added;
    private bool _isOther;

    /// <param name="persistenceId">Whose history.</param>
    /// <param name="given">All of its events.</param>
    /// <param name="progress">Told how many are there after each group.</param>
    /// <param name="done">Told the end.</param>
    public ImportActor(string persistenceId, IEnumerable<ISearchEvent> given, Action<long> progress, TaskCompletionSource<Imported> done)
    {
        PersistenceId = persistenceId;
        (_given, _progress, _done) = (given.GetEnumerator(), progress, done);
    }

    /// <inheritdoc />
    public override string PersistenceId { get; }

    /// <summary>What became of it.</summary>
    /// <param name="Same">Events that were there.</param>
    /// <param name="Added">Events that were written.</param>
    /// <param name="IsOther">True when other events are there; nothing was written.</param>
    public sealed record Imported(long Same, long Added, bool IsOther);

    /// <inheritdoc />
    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case RecoveryCompleted when _isOther:
                End();
                break;
            case RecoveryCompleted:
                WriteNext();
                break;
            case ISearchEvent e:
                // A journal that goes on further has all that is given.
                _isOther = _isOther || (_given.MoveNext() && !_given.Current.Equals(e));
                _same++;
                break;
        }
    }

    /// <inheritdoc />
    protected override void OnCommand(object message) => Unhandled(message);

    /// <inheritdoc />
    protected override void OnRecoveryFailure(Exception reason, object? message = null) => _done.TrySetException(reason);

    /// <inheritdoc />
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _done.TrySetException(cause);

    /// <inheritdoc />
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => _done.TrySetException(cause);

    /// <inheritdoc />
    protected override void PostStop()
    {
        _given.Dispose();
        _done.TrySetCanceled();
        base.PostStop();
    }

    // The history is asked for from a snapshot on otherwise, and a snapshot is not compared with.
    public override Recovery Recovery { get; } = new(SnapshotSelectionCriteria.None);

    private void WriteNext()
    {
        try
        {
            var group = new List<ISearchEvent>(GroupSize);
            while (group.Count < GroupSize && _given.MoveNext())
            {
                group.Add(_given.Current);
            }

            if (group.Count == 0)
            {
                End();
                return;
            }

            PersistAll(group, written =>
            {
                _added++;
                if (ReferenceEquals(written, group[^1]))
                {
                    _progress(_same + _added);
                    WriteNext();
                }
            });
        }
        catch (Exception failed)
        {
            _done.TrySetException(failed);
        }
    }

    private void End()
    {
        _done.TrySetResult(new(_same, _added, _isOther));
        Context.Stop(Self);
    }
}
