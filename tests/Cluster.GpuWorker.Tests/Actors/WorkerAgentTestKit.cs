using Akka.Actor;
using Akka.TestKit;
using SearchCluster.GpuWorker.Actors;
using SearchCluster.GpuWorker.Options;
using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Actors;

/// <summary>An agent between a real host with a scripted executor and a probe that plays the coordinator;
/// timers run only when told.</summary>
public abstract class WorkerAgentTestKit() : Akka.TestKit.Xunit.TestKit(Configuration)
{
    private const string Configuration = "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"\n" + Patience.OfAkka;

    private protected static WorkerTimings Timings { get; } = new();

    private protected RecordingConnection Connection { get; } = new();

    private protected IActorRef Start(HostFixture fixture, TestProbe manager) =>
        Sys.ActorOf(WorkerAgentActor.Props(fixture.Host, manager, Connection, Timings, fixture.Clock));

    /// <summary>Starts an agent and welcomes it; the hello is taken from the probe.</summary>
    private protected IActorRef StartWelcomed(HostFixture fixture, TestProbe manager)
    {
        var agent = Start(fixture, manager);
        manager.ExpectMsg<WorkerProtocol.WorkerHello>();
        Welcome(agent, manager);
        return agent;
    }

    private protected static void Welcome(IActorRef agent, TestProbe manager) =>
        agent.Tell(new WorkerProtocol.WorkerWelcome(Samples.Worker, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(3)), manager);

    private protected static WorkerProtocol.RequestWork Assign(IActorRef agent, TestProbe manager, params AssignmentGroup[] groups)
    {
        var request = manager.ExpectMsg<WorkerProtocol.RequestWork>();
        agent.Tell(new WorkerProtocol.WorkAssigned(Samples.Worker, request.RequestId, groups.ToValueArray()), manager);
        return request;
    }

    private protected sealed class RecordingConnection : IWorkerConnection
    {
        public int Welcomes { get; private set; }

        public string? Refusal { get; private set; }

        public bool MayWork { get; set; } = true;

        public void Welcomed(WorkerProtocol.WorkerWelcome welcome) => Welcomes++;

        public void Refused(string reason) => Refusal = reason;
    }
}
