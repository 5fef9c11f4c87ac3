namespace SearchCluster.Search.Tests.Searches;

public sealed class LeaseTests
{
    [Fact]
    public void Leases_trials_in_the_order_of_suggestion_with_growing_fences()
    {
        var search = SearchScenario.Of(3).Suggest();

        var assignments = search.Lease(slots: 5).Cast<TrialAssignment>().ToArray();

        assignments.Select(a => a.Lease.Item).ShouldBe([.. Enumerable.Range(0, 3).Select(n => WorkItem.Trial(new TrialId(n)))]);
        assignments.Select(a => a.Lease.Fence).ShouldBe([1L, 2, 3]);
        assignments[1].Seed.ShouldBe(SeedSequence.For(7, StreamPurpose.TrialSeed, 1));
        search.ShouldReplay();
    }

    [Fact]
    public void Never_runs_more_trials_at_once_than_its_concurrency()
    {
        var spec = TestSpecs.Spec(5) with { Resources = new ResourcesSpec(Concurrency: 2) };
        var search = new SearchScenario(spec).Suggest();

        search.State.WorkDemand().Groups.ShouldBe(2);
        search.Lease(slots: 5).Count.ShouldBe(2);
        search.Lease(slots: 5).ShouldBeEmpty();
        search.State.WorkDemand().Groups.ShouldBe(0);
    }

    [Theory]
    [InlineData(DeviceRequirement.Auto, "cuda", true)]
    [InlineData(DeviceRequirement.Cpu, "cuda", false)]
    [InlineData(DeviceRequirement.Cuda, "cuda", true)]
    [InlineData(DeviceRequirement.Cuda, "cpu", false)]
    public void Leases_only_to_devices_it_asks_for(DeviceRequirement required, string device, bool isLeased)
    {
        var search = new SearchScenario(TestSpecs.Spec() with { Resources = new ResourcesSpec(Device: required) }).Suggest();

        search.Lease(worker: TestSpecs.Worker("w", device)).Count.ShouldBe(isLeased ? 1 : 0);
    }

    [Fact]
    public void Leases_only_to_workers_that_carry_all_its_labels()
    {
        var labels = ValueMap<string>.Empty.With("zone", "a").With("memory", "big");
        var search = new SearchScenario(TestSpecs.Spec() with { Resources = new ResourcesSpec(Labels: labels) }).Suggest();

        search.Lease(worker: TestSpecs.Worker("w1", "cpu", ("zone", "a"))).ShouldBeEmpty();
        search.Lease(worker: TestSpecs.Worker("w2", "cpu", ("zone", "a"), ("memory", "small"))).ShouldBeEmpty();
        search.Lease(worker: TestSpecs.Worker("w3", "cpu", ("zone", "a"), ("memory", "big"), ("more", "x"))).Count.ShouldBe(1);
    }

    [Fact]
    public void Tries_lost_trials_again_before_new_ones_and_from_the_last_known_resource()
    {
        var search = SearchScenario.Of(4).Suggest();
        var lost = search.LeaseOne();
        search.Measure(lost, 1, 1, 0.5);
        search.Measure(lost, 2, 2, 0.4);
        search.Expire(lost);

        var again = search.Lease().ShouldHaveSingleItem().ShouldBeOfType<TrialAssignment>();

        again.Lease.ShouldBe(new LeaseKey(TestSpecs.Id, lost.Item, 2, 2));
        again.FromResource.ShouldBe(2);
        search.ShouldReplay();
    }

    [Fact]
    public void Lists_open_leases_without_a_reason_to_cancel_them()
    {
        var search = SearchScenario.Of(4).Suggest();
        var lease = search.LeaseOne();

        search.State.OpenLeases.ShouldBe([new OpenLease(lease, new WorkerId("w1"), "w1-process", null)]);
    }

    [Fact]
    public void Gives_no_work_to_a_request_without_waiting_trials()
    {
        var search = SearchScenario.Of(4);

        search.Lease(slots: 3).ShouldBeEmpty();
        search.LastEvents.ShouldBeEmpty();
    }
}
