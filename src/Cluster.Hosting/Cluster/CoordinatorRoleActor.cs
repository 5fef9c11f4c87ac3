using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using SearchCluster.Hosting.Cluster.Connections;

namespace SearchCluster.Hosting.Cluster;

/// <summary>Puts members out of the cluster that call themselves coordinators and have shown the certificate of a worker.</summary>
/// <remarks>
/// Akka takes a member's word for its roles, and the next oldest coordinator takes the searches over when the oldest is gone. A member is
/// judged once it has connected here, which gossip and heartbeats make it do within seconds. Runs on coordinators, on a network only:
/// with the key alone whoever has it may be anything.
/// </remarks>
/// <param name="roles">What members have shown.</param>
internal sealed class CoordinatorRoleActor(PeerRoles roles) : UntypedActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Makes one.</summary>
    /// <param name="roles">What members have shown.</param>
    public static Props Props(PeerRoles roles) => Akka.Actor.Props.Create(() => new CoordinatorRoleActor(roles));

    /// <inheritdoc />
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(LookTick), LookTick.Instance, Interval);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        if (message is not LookTick)
        {
            Unhandled(message);
            return;
        }

        foreach (var member in _cluster.State.Members.Where(IsImpostor))
        {
            _log.Warning(
                "Member {Member} calls itself a coordinator, but has shown the certificate of a worker: it is put out of the cluster. If "
                    + "nobody started it so by mistake, revoke that certificate",
                Endpoint(member));
            _cluster.Down(member.Address);
        }
    }

    private bool IsImpostor(Member member) =>
        member.HasRole(ClusterRoles.Coordinator)
        && member.Status is not (MemberStatus.Down or MemberStatus.Removed)
        && !member.UniqueAddress.Equals(_cluster.SelfUniqueAddress)
        && roles.MayLead(Endpoint(member)) == false;

    private static string Endpoint(Member member) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{member.Address.Host}:{member.Address.Port}");

    private sealed class LookTick
    {
        public static LookTick Instance { get; } = new();
    }
}
