using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Status;

namespace SearchCluster.Cli.Tests.Commands.Cluster;

/// <summary>Why a search that waits has no worker.</summary>
public sealed class WorkerWaitTests
{
    private static readonly ResourcesSpec OnGpu = new(Device: DeviceRequirement.Cuda, Labels: new([new("room", "a\u001b[2J")]));

    [Fact]
    public void Nothing_is_said_while_trials_run_or_a_worker_may_take_them()
    {
        WorkerWait.Describe(Sample.Detail(), OnGpu, Sample.Cluster, []).ShouldBeNull();
        WorkerWait.Describe(Waiting(), null, Sample.Cluster, []).ShouldBeNull();
        WorkerWait.Describe(Waiting(SearchLifecycle.Paused), OnGpu, Sample.Cluster, []).ShouldBeNull();
    }

    [Fact]
    public void Without_a_worker_it_is_said_how_one_is_started() =>
        WorkerWait.Describe(Waiting(), null, Sample.Cluster with { Workers = [] }, [])
            .ShouldBe("No worker is connected, so no trial of digits starts. Start one: searchcluster worker");

    [Fact]
    public void Workers_that_do_not_fit_are_named_beside_what_is_needed() =>
        WorkerWait.Describe(Waiting(), OnGpu, Sample.Cluster, []).ShouldBe(
            "No connected worker can run digits: it needs device cuda and label room=a\\x1B[2J; there is box-cpu (cpu). Start a fitting "
                + "worker, or change resources in the spec of another search.");

    [Fact]
    public void Of_many_workers_the_first_are_named()
    {
        var worker = Sample.Cluster.Workers[0];
        var many = Enumerable.Range(1, 11)
            .Select(number => worker with { Worker = worker.Worker with { WorkerId = new($"box-{number}") } });

        WorkerWait.Describe(Waiting(), OnGpu, Sample.Cluster with { Workers = many.ToValueArray() }, [])!
            .ShouldContain("box-8 (cpu) and 3 more. ");
    }

    [Fact]
    public void Drained_workers_are_named_with_the_way_back()
    {
        var drained = Sample.Cluster.Workers[0] with { Drain = new WorkerDrain(DateTimeOffset.UnixEpoch) };

        WorkerWait.Describe(Waiting(), null, Sample.Cluster with { Workers = [drained] }, [])
            .ShouldBe("Workers that could run digits are drained. Undo: searchcluster drain box-cpu --undo");
    }

    [Fact]
    public void Workers_without_the_data_are_named_with_what_they_lack_also_while_others_train()
    {
        var lacks = new WorkerLack(new("box-2"), "SC3014 No data set 'houses' is registered in /far.", DateTimeOffset.UnixEpoch);

        WorkerWait.Describe(Sample.Detail() with { LackedBy = [lacks] }, null, Sample.Cluster, []).ShouldBe(
            "The data of digits are not on worker box-2, which gets no trial of it for a minute: SC3014 No data set 'houses' is registered "
                + "in /far. Send the data to all workers with: searchcluster submit SPEC --upload");
        WorkerWait.Describe(Sample.Detail() with { LackedBy = [lacks, lacks with { WorkerId = new("box-3") }] }, null, Sample.Cluster, [])!
            .ShouldContain("workers box-2, box-3, which get no trial");
    }

    [Fact]
    public void Searches_of_a_higher_priority_are_named_while_no_slot_is_free()
    {
        SearchSummary[] searches =
        [
            Sample.Summary(name: "big") with { Priority = 5 },
            Sample.Summary(name: "biggest") with { Priority = 9 },
            Sample.Summary(name: "equal"),
            Sample.Summary(SearchLifecycle.Paused, name: "paused") with { Priority = 50 },
            Sample.Summary(SearchLifecycle.Completed, name: "over") with { Priority = 50 },
        ];
        var worker = Sample.Cluster.Workers[0];
        var held = Enumerable.Range(0, worker.Worker.Slots).Select(fence => new LeaseKey(new("big"), WorkItem.Ensemble, 1, fence));
        var full = Sample.Cluster with { Workers = [worker with { Held = held.ToValueArray() }] };

        WorkerWait.Describe(Waiting(), null, full, searches).ShouldBe(
            "digits (priority 0) waits: searches of a higher priority take each slot that becomes free (biggest: 9, big: 5). Let it share "
                + "with them: searchcluster priority digits 9");
        WorkerWait.Describe(Waiting(), null, Sample.Cluster with { Workers = [worker with { Held = [] }] }, searches).ShouldBeNull();
        WorkerWait.Describe(Waiting(), null, full, searches[2..]).ShouldBeNull();
    }

    private static SearchDetail Waiting(SearchLifecycle state = SearchLifecycle.Running)
    {
        var detail = Sample.Detail(state);
        return detail with { Running = [], Summary = detail.Summary with { Counts = detail.Summary.Counts with { Running = 0 } } };
    }
}
