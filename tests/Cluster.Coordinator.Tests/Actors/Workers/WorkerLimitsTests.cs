using SearchCluster.Coordinator.Actors.Workers;

namespace SearchCluster.Coordinator.Tests.Actors.Workers;

/// <summary>Each limit of what a worker says of itself holds at its value and breaks one above.</summary>
[Trait("Promise", "S08")]
public sealed class WorkerLimitsTests
{
    private static readonly LeaseKey Lease = new(new("any"), WorkItem.Ensemble, 1, 1);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(WorkerLimits.Slots, false)]
    [InlineData(WorkerLimits.Slots + 1, true)]
    public void Slots(int slots, bool isRefused) =>
        Check(Hello(worker => worker with { Slots = slots }), isRefused, $"offers {slots} slots");

    [Theory]
    [InlineData(WorkerLimits.Labels, false)]
    [InlineData(WorkerLimits.Labels + 1, true)]
    public void Labels(int count, bool isRefused) => Check(
        Hello(worker => worker with { Labels = Map(Enumerable.Range(0, count).Select(number => ($"l{number}", "x"))) }),
        isRefused,
        $"has {count} labels");

    [Theory]
    [InlineData(WorkerLimits.Text, false)]
    [InlineData(WorkerLimits.Text + 1, true)]
    public void Texts(int length, bool isRefused)
    {
        var text = new string('x', length);
        Func<WorkerDescription, WorkerDescription>[] places =
        [
            worker => worker with { Labels = Map([(text, "x")]) },
            worker => worker with { Labels = Map([("x", text)]) },
            worker => worker with { Device = worker.Device with { Name = text } },
            worker => worker with { Device = worker.Device with { Kind = text } },
            worker => worker with { Incarnation = text },
            worker => worker with { Process = worker.Process! with { Host = text } },
            worker => worker with { Process = worker.Process! with { FolderId = text } },
        ];

        foreach (var place in places)
        {
            Check(Hello(place), isRefused, $"text of {length} characters");
        }
    }

    [Theory]
    [InlineData(WorkerLimits.Path, false)]
    [InlineData(WorkerLimits.Path + 1, true)]
    public void Path(int length, bool isRefused) => Check(
        Hello(worker => worker with { Process = worker.Process! with { Folder = new string('x', length) } }),
        isRefused,
        $"path has {length} characters");

    [Theory]
    [InlineData(WorkerLimits.Held, false)]
    [InlineData(WorkerLimits.Held + 1, true)]
    public void Held(int count, bool isRefused) => Check(
        Hello(worker => worker) with { Held = Enumerable.Repeat(Lease, count).ToValueArray() }, isRefused, $"holds {count} leases");

    [Theory]
    [InlineData(WorkerProtocol.MostCleanExits, false)]
    [InlineData(WorkerProtocol.MostCleanExits + 1, true)]
    public void Earlier_processes(int count, bool isRefused) => Check(
        Hello(worker => worker) with { CleanExits = Enumerable.Repeat("one", count).ToValueArray() },
        isRefused,
        $"names {count} earlier processes");

    [Fact]
    public void Workers_of_a_cluster()
    {
        var registry = new WorkerRegistry(TimeProvider.System, TimeSpan.FromSeconds(15));
        for (var number = 0; number < WorkerLimits.Workers; number++)
        {
            registry.Refusal(new($"w{number}"), "one").ShouldBeNull();
            registry.Hear(Hello(worker => worker with { WorkerId = new($"w{number}") }), ActorRefs.Nobody, out _);
        }

        registry.Refusal(new("w0"), "one").ShouldBeNull("one that is there speaks on");
        registry.Refusal(new("more"), "one").ShouldNotBeNull().ShouldContain("one too many; the cluster has 500 workers already");
    }

    private static WorkerProtocol.WorkerHello Hello(Func<WorkerDescription, WorkerDescription> change) => new(
        change(new(
            new("w"),
            "one",
            new("cpu", "test", 0),
            1,
            ValueMap<string>.Empty,
            "1.0.0",
            new ProcessDescription("lab", 1, DateTimeOffset.UnixEpoch, "/state", "id"))),
        []);

    private static ValueMap<string> Map(IEnumerable<(string Key, string Value)> labels) =>
        new(labels.Select(label => KeyValuePair.Create(label.Key, label.Value)));

    private static void Check(WorkerProtocol.WorkerHello hello, bool isRefused, string reason)
    {
        var refusal = WorkerLimits.Refusal(hello, "1.0.0");

        if (isRefused)
        {
            refusal.ShouldNotBeNull().ShouldContain(reason);
        }
        else
        {
            refusal.ShouldBeNull();
        }
    }
}
