using SearchCluster.GpuWorker.Outbox;
using SearchCluster.GpuWorker.Tests.Fakes;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Tests.Outbox;

public sealed class WorkerFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private StateFolder State => StateFolder.Resolve(_folder.FullPath);

    [Fact]
    public void A_default_name_that_is_taken_gets_a_number()
    {
        using var first = WorkerFolder.AcquireAny(State, "host-cpu");
        using var second = WorkerFolder.AcquireAny(State, "host-cpu");
        using var third = WorkerFolder.AcquireAny(State, "host-cpu");

        new[] { first.Worker.Value, second.Worker.Value, third.Worker.Value }.ShouldBe(["host-cpu", "host-cpu-2", "host-cpu-3"]);
    }

    [Fact]
    public void A_given_name_that_is_taken_is_refused()
    {
        using var first = WorkerFolder.Acquire(State, new WorkerId("gpu-box"));

        Should.Throw<WorkerFolderException>(() => WorkerFolder.Acquire(State, new WorkerId("gpu-box"))).Message
            .ShouldContain("\"gpu-box\"");
    }

    [Fact]
    public void A_name_is_free_again_when_its_process_let_go()
    {
        WorkerFolder.Acquire(State, new WorkerId("gpu-box")).Dispose();

        using var again = WorkerFolder.Acquire(State, new WorkerId("gpu-box"));

        again.Worker.Value.ShouldBe("gpu-box");
    }

    [Fact]
    public void Its_mark_stays_over_restarts_and_is_its_own_also_where_the_file_was_damaged()
    {
        string first;
        using (var folder = WorkerFolder.Acquire(State, new WorkerId("gpu-box")))
        {
            first = folder.Id;
        }

        using (var again = WorkerFolder.Acquire(State, new WorkerId("gpu-box")))
        {
            again.Id.ShouldBe(first);
        }

        using (var other = WorkerFolder.Acquire(State, new WorkerId("gpu-box-2")))
        {
            other.Id.ShouldNotBe(first);
        }

        File.WriteAllText(Path.Combine(State.WorkerFolder(new WorkerId("gpu-box")), "worker.lock"), "half");
        using var damaged = WorkerFolder.Acquire(State, new WorkerId("gpu-box"));
        damaged.Id.Length.ShouldBe(first.Length);
        damaged.Id.ShouldNotBe(first);
    }

    public void Dispose() => _folder.Dispose();
}
