using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using SearchCluster.Coordinator.Actors.Searches;

namespace SearchCluster.Coordinator.Actors;

/// <summary>Removes what a deleted search left behind: its events, its snapshots, then its files; tells its parent and ends.</summary>
/// <remarks>It replays nothing, so a search whose events cannot be read is removed like any other. Each step
/// may be repeated after a crash.</remarks>
internal sealed class SearchEraserActor(SearchId search, Func<Task> removeFilesAsync) : UntypedPersistentActor
{
    private int _open = 2;

    public override string PersistenceId => SearchActor.PersistenceIdPrefix + search.Value;

    public override Recovery Recovery => Recovery.None;

    protected override void OnRecover(object message)
    {
        if (message is RecoveryCompleted)
        {
            DeleteMessages(long.MaxValue);
            DeleteSnapshots(new SnapshotSelectionCriteria(long.MaxValue, DateTime.MaxValue));
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case DeleteMessagesSuccess or DeleteSnapshotsSuccess when --_open == 0:
                removeFilesAsync().PipeTo(Self, success: () => new FilesRemoved(), failure: cause => new Status.Failure(cause));
                break;
            case DeleteMessagesSuccess or DeleteSnapshotsSuccess:
                break;
            case FilesRemoved:
                End(new LocalMessages.Erased(search, null));
                break;
            case DeleteMessagesFailure failed:
                End(new LocalMessages.Erased(search, failed.Cause.Message));
                break;
            case DeleteSnapshotsFailure failed:
                End(new LocalMessages.Erased(search, failed.Cause.Message));
                break;
            case Status.Failure failed:
                End(new LocalMessages.Erased(search, failed.Cause.Message));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        base.OnRecoveryFailure(reason, message);
        Context.Parent.Tell(new LocalMessages.Erased(search, reason.Message));
    }

    private void End(LocalMessages.Erased erased)
    {
        if (erased.Problem is { } problem)
        {
            Context.GetLogger().Error("Search {Search} is deleted, but could not be removed whole: {Problem}", search, problem);
        }

        Context.Parent.Tell(erased);
        Context.Stop(Self);
    }

    private sealed record FilesRemoved : ILocalMessage;
}
