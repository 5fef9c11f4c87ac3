namespace SearchCluster.Coordinator.Tests.Actors;

/// <summary>What makes a long search recover in seconds.</summary>
public sealed class SnapshotRecoveryTests
{
    [Fact]
    [Trait("Promise", "R16")]
    public async Task A_recovery_reads_the_last_snapshot_and_the_events_behind_it_alone()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        SearchDetail before;
        await using (var first = await SearchSystem.StartAsync(settings => settings with { SnapshotInterval = 20 }, file))
        {
            await first.SubmitAsync(TestSpecs.Random("long", trials: 30));
            var worker = first.Worker("w");
            await worker.ConnectAsync();
            for (var trial = 0; trial < 25; trial++)
            {
                worker.Finish(await worker.LeaseAsync(), 1, value: trial);
            }

            before = await first.WhenAsync("long", detail => detail.Summary.Counts.Completed == 25);
            await Patience.UntilAsync(() => JournalSurgery.Count(file, "snapshot", "search-long") > 0);
        }

        JournalSurgery.Run(
            file,
            "DELETE FROM journal WHERE persistence_id = @id AND sequence_number < "
                + "(SELECT min(sequence_number) FROM snapshot WHERE persistence_id = @id)",
            "search-long");

        await using var second = await SearchSystem.StartAsync(journalFile: file);

        var after = await second.DetailAsync("long");
        after.Summary.ShouldBe(before.Summary);
        after.Revision.ShouldBeGreaterThanOrEqualTo(before.Revision);
    }
}
