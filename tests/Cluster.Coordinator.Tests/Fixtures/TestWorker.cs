using Akka.TestKit;

namespace SearchCluster.Coordinator.Tests.Fixtures;

/// <summary>A worker played by hand through a probe.</summary>
internal sealed class TestWorker
{
    private readonly SearchSystem _system;
    private readonly WorkerDescription _worker;
    private long _requests;

    public TestWorker(SearchSystem system, string name, int slots, string incarnation, string? version, string folder)
    {
        _system = system;
        Probe = system.Probe();
        _worker = new(
            new WorkerId(name),
            incarnation,
            new DeviceDescription("cpu", "test", 0),
            slots,
            ValueMap<string>.Empty,
            version ?? ProductVersion.Current,
            new ProcessDescription("lab", 4_711, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), folder, "id of " + folder));
    }

    public TestProbe Probe { get; }

    public void Send(object message) => _system.Manager.Tell(message, Probe.Ref);

    /// <summary>Says hello as a process that was started in place of one that ended.</summary>
    public void SayHelloAfter(FormerProcess former) => Send(new WorkerProtocol.WorkerHello(_worker, [], former));

    /// <summary>Says hello as a process whose worker's older ones ended in order.</summary>
    public void SayHelloAfterExits(params string[] incarnations) =>
        Send(new WorkerProtocol.WorkerHello(_worker, [], CleanExits: incarnations.ToValueArray()));

    public void SayHello(params LeaseKey[] held) => Send(new WorkerProtocol.WorkerHello(_worker, held.ToValueArray()));

    /// <summary>Says hello and whether it is drained.</summary>
    public void SayHello(WorkerDrain? drain, params LeaseKey[] held) =>
        Send(new WorkerProtocol.WorkerHello(_worker, held.ToValueArray(), Drain: drain));

    public void SayGoodbye() => Send(new WorkerProtocol.WorkerGoodbye(_worker.WorkerId, _worker.Incarnation));

    public async Task<T> ExpectAsync<T>() => (T)await Probe.FishForMessageAsync(message => message is T, Patience.Limit);

    public async Task ConnectAsync(params LeaseKey[] held)
    {
        SayHello(held);
        await ExpectAsync<WorkerProtocol.WorkerWelcome>();
    }

    public void Request(int freeSlots) =>
        Send(new WorkerProtocol.RequestWork(_worker.WorkerId, _worker.Incarnation, ++_requests, freeSlots));

    public async Task<IReadOnlyList<WorkAssignment>> RequestAsync(int freeSlots)
    {
        Request(freeSlots);
        return await AssignedAsync();
    }

    public async Task<IReadOnlyList<WorkAssignment>> AssignedAsync()
    {
        var assigned = await ExpectAsync<WorkerProtocol.WorkAssigned>();
        return [.. assigned.Groups.SelectMany(group => group.Items)];
    }

    public async Task<LeaseKey> LeaseAsync() => (await RequestAsync(1)).Single().Lease;

    public void Measure(LeaseKey lease, long seq) =>
        Send(new SearchCommands.ReportMeasurement(
            lease, seq, new Measurement((int)seq, Values(1.0 / seq), TimeSpan.FromSeconds(seq)), null));

    public void Finish(LeaseKey lease, long seq, double value = 0.5) => Send(Outcome(lease, seq, value));

    public static SearchCommands.ReportOutcome Outcome(LeaseKey lease, long seq, double value) =>
        new(lease, seq, new AttemptCompleted(
            new TrialResult(value, 1, 1, Values(value), TimeSpan.FromSeconds(1), HasModel: false), TrainingStop.AllEpochs), null);

    public static ValueMap<double> Values(double value) => new([new("value", value)]);
}
