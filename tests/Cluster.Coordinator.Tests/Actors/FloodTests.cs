using SearchCluster.Coordinator.Actors.Searches;

namespace SearchCluster.Coordinator.Tests.Actors;

/// <summary>A worker that reports as fast as it can, beside one that works.</summary>
public sealed class FloodTests
{
    private const int Flood = 10_000;

    [Fact]
    [Trait("Promise", "R27")]
    public async Task A_flood_of_one_search_is_written_in_few_groups_and_the_reports_of_others_go_on()
    {
        using var folder = new TemporaryFolder();
        await using var system = await SearchSystem.StartAsync(journalFile: Path.Combine(folder.Path, "journal.db"));
        await system.SubmitAsync(TestSpecs.Random("flood", trials: 1));
        var flooding = system.Worker("flooding");
        await flooding.ConnectAsync();
        var flooded = (await flooding.RequestAsync(1)).Single().Lease;
        await system.SubmitAsync(TestSpecs.Random("steady", trials: 1));
        var steady = system.Worker("steady", folder: "/state/workers/steady");
        await steady.ConnectAsync();
        var lease = (await steady.RequestAsync(1)).Single().Lease;

        for (var seq = 1; seq <= Flood; seq++)
        {
            flooding.Measure(flooded, seq);
        }

        for (var seq = 1; seq <= 20; seq++)
        {
            steady.Measure(lease, seq);
            (await steady.ExpectAsync<WorkerProtocol.ReportAccepted>()).Seq.ShouldBe(seq);
        }

        await system.WhenAsync("flood", detail => detail.Epochs == Flood);
        (await system.DetailAsync("steady")).Epochs.ShouldBe(20);
    }

    [Fact]
    public async Task Reports_that_come_while_one_is_written_are_written_together()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("flood", trials: 1));
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        var lease = await worker.LeaseAsync();
        var before = system.Journal.WritesOf("flood").Count();
        system.Journal.Hold();

        for (var seq = 1; seq <= 1_000; seq++)
        {
            worker.Measure(lease, seq);
        }

        // Answered by the search itself: by then it has received all of them.
        await system.DetailAsync("flood");
        system.Journal.Release();
        await system.WhenAsync("flood", detail => detail.Epochs == 1_000);

        var groups = system.Journal.WritesOf("flood").Skip(before).ToList();
        groups.Sum().ShouldBe(1_000);
        groups.Count.ShouldBe(1 + (int)Math.Ceiling(999.0 / CommandGroup.MaximumSize), string.Join(", ", groups));
    }
}
