using System.Globalization;
using Akka.Actor;
using Akka.Event;
using SearchCluster.Hosting.Cluster.Connections;

namespace SearchCluster.Coordinator.Actors.Workers;

/// <summary>Processes that ask for a worker's name while another one has it: whoever has it is asked for a sign of life first.</summary>
/// <param name="self">Who gets the signs.</param>
/// <param name="system">Where it runs; knows which connections are open.</param>
/// <param name="log">Told of each rival once.</param>
/// <param name="settings">How often a worker says hello, and the clock.</param>
internal sealed class NameRivals(IActorRef self, ActorSystem system, ILoggingAdapter log, CoordinatorSettings settings)
{
    private readonly Dictionary<WorkerId, Rival> _rivals = [];

    /// <summary>Tells whether a process has to wait for what the holder of its name says; that one is asked, once for each hello.</summary>
    /// <param name="asking">Who asks for the name.</param>
    /// <param name="reference">Where it came from.</param>
    /// <param name="holder">Who has the name; null for nobody.</param>
    /// <returns>False when it has the name.</returns>
    public bool MustWait(WorkerDescription asking, IActorRef reference, WorkerEntry? holder)
    {
        if (holder?.Worker.Incarnation == asking.Incarnation)
        {
            return false;
        }

        if (holder is null || IsSuccessor(holder.Worker, asking) || IsGone(holder))
        {
            _rivals.Remove(asking.WorkerId);
            return false;
        }

        if (!_rivals.TryGetValue(asking.WorkerId, out var known) || known.Worker.Incarnation != asking.Incarnation)
        {
            log.Info("A second process asks for the name of worker {Worker}; the first is asked whether it is alive", asking.WorkerId);
        }

        // As many names as there are workers, which are limited: a rival is remembered only beside one of them.
        _rivals[asking.WorkerId] = new(asking, reference, holder.Worker.Incarnation);
        holder.Reference.Tell(new Identify(KeyOf(asking)), self);
        return true;
    }

    /// <summary>Takes a sign of life: the process that asks for the name gets it in vain, and is told.</summary>
    /// <param name="sign">The answer.</param>
    /// <param name="find">Finds who has a name.</param>
    public void Judge(ActorIdentity sign, Func<WorkerId, WorkerEntry?> find)
    {
        foreach (var (name, rival) in _rivals)
        {
            if (sign.Subject.IsNobody() || !KeyOf(rival.Worker).Equals(sign.MessageId)
                || find(name)?.Worker is not { } holder || holder.Incarnation != rival.HolderIncarnation)
            {
                continue;
            }

            _rivals.Remove(name);
            var refusal = Refusal(holder);
            log.Warning("A second process is refused: {Reason}", refusal);
            rival.Reference.Tell(new WorkerProtocol.WorkerRefused(name, refusal));
            return;
        }
    }

    /// <summary>The holder has left.</summary>
    public void Forget(WorkerId name) => _rivals.Remove(name);

    // One folder has one process at a time, by its lock.
    private static bool IsSuccessor(WorkerDescription holder, WorkerDescription asking) =>
        holder.Process is { } former && asking.Process is { } process
            && (former.Host, former.Folder, former.FolderId) == (process.Host, process.Folder, process.FolderId);

    // A worker without a connection makes a new one and says hello within a second or two, or is no more.
    private bool IsGone(WorkerEntry holder) =>
        !WorkerConnections.IsOpen(system, holder.Reference.Path.Address)
        && settings.Clock.GetElapsedTime(holder.LastSeen) > 2 * settings.HeartbeatInterval;

    private static string Refusal(WorkerDescription holder) =>
        $"The name {holder.WorkerId} is that of another worker, which is alive{Place(holder.Process)}. Give this one a name of its own "
            + "with --name, or stop the other one first.";

    private static string Place(ProcessDescription? process) => process is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $": process {process.Pid} on {ForeignText.OneLine(process.Host, WorkerLimits.Text)}, since "
            + $"{process.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, in {ForeignText.OneLine(process.Folder, WorkerLimits.Path)}");

    private static string KeyOf(WorkerDescription rival) => $"{rival.WorkerId} {rival.Incarnation}";

    private sealed record Rival(WorkerDescription Worker, IActorRef Reference, string HolderIncarnation);
}
