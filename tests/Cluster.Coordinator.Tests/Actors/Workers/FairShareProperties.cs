namespace SearchCluster.Coordinator.Tests.Actors.Workers;

/// <summary>What holds of every choice of a search for a free slot, for random searches, workers, labels, devices and priorities.</summary>
public sealed class FairShareProperties
{
    private const ulong Seeds = 2_000;

    [Fact]
    public void Each_choice_fits_the_worker_and_is_of_the_highest_priority_that_waits_for_it() => ForAll(seed =>
    {
        ShareModel model = null!;
        model = new(seed)
        {
            OnChoice = (chosen, worker, groups, isAlone) =>
            {
                chosen.Fits(worker.Worker).ShouldBeTrue(Of(seed));
                model.Searches.Where(other => other.Priority > chosen.Priority && other.HasWorkFor(worker.Worker)).ShouldBeEmpty(Of(seed));
                groups.ShouldBeInRange(1, worker.Available, Of(seed));
                groups.ShouldBeLessThanOrEqualTo(
                    isAlone ? chosen.Demand.Alone - chosen.AskedAlone : chosen.Demand.Groups - chosen.Asked, Of(seed));
            },
        };

        model.Run();
    });

    [Fact]
    public void Of_equal_priority_the_one_with_the_fewest_running_items_is_chosen() => ForAll(seed =>
    {
        ShareModel model = null!;
        model = new(seed)
        {
            OnChoice = (chosen, worker, _, isAlone) =>
            {
                if (!isAlone)
                {
                    model.Searches
                        .Where(other => other.Priority == chosen.Priority && other.HasWorkFor(worker.Worker))
                        .ShouldAllBe(other => other.Share >= chosen.Share, Of(seed));
                }
            },
        };

        model.Run();
    });

    [Fact]
    public void No_slot_stays_free_while_a_search_that_fits_it_has_work() => ForAll(seed =>
    {
        var model = new ShareModel(seed);

        model.Run();

        model.Workers
            .Where(worker => worker.Available > 0)
            .SelectMany(worker => model.Searches.Where(search => search.HasWorkFor(worker.Worker)))
            .ShouldBeEmpty(Of(seed));
    });

    [Fact]
    public void No_search_runs_more_at_once_than_it_may() => ForAll(seed =>
    {
        var model = new ShareModel(seed);
        var most = model.Searches.ToDictionary(search => search.Id, search => Math.Max(search.Most, search.Running));

        model.Run();

        model.Searches.ShouldAllBe(search => search.Running <= most[search.Id], Of(seed));
    });

    [Fact]
    public void Equal_searches_differ_by_at_most_one_running_group() => ForAll(seed =>
    {
        var model = new ShareModel(seed, isUniform: true);

        model.Run();

        var running = model.Searches.ConvertAll(search => search.Running);
        (running.Max() - running.Min()).ShouldBeLessThanOrEqualTo(1, Of(seed));
        running.Sum().ShouldBe(model.Workers.Sum(worker => worker.Worker.Slots), Of(seed));
    });

    private static string Of(ulong seed) => $"seed {seed}";

    private static void ForAll(Action<ulong> property)
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            property(seed);
        }
    }
}
