using Akka.Actor;
using SearchCluster.GpuWorker.Execution;

namespace SearchCluster.GpuWorker.Actors;

/// <summary>Turns changes of the host into at most one waiting message, however many slots report at once.</summary>
internal sealed class HostSignal : IDisposable
{
    private readonly IDisposable _subscription;
    private int _isWaiting;

    public HostSignal(AttemptHost host, IActorRef agent) => _subscription = host.Subscribe(() => Raise(agent));

    /// <summary>Called when the message is taken up, before the host is looked at.</summary>
    public void Taken() => Volatile.Write(ref _isWaiting, 0);

    public void Dispose() => _subscription.Dispose();

    private void Raise(IActorRef agent)
    {
        if (Interlocked.Exchange(ref _isWaiting, 1) == 0)
        {
            agent.Tell(new AgentMessages.HostChanged(), ActorRefs.NoSender);
        }
    }
}
