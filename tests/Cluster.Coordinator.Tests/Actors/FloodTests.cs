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

        var rest = SendAgainAsync(flooding, flooded);
        for (var seq = 1; seq <= 20; seq++)
        {
            steady.Measure(lease, seq);
            (await steady.ExpectAsync<WorkerProtocol.ReportAccepted>()).Seq.ShouldBe(seq);
        }

        await rest;
        (await system.DetailAsync("flood")).Epochs.ShouldBe(Flood);
        (await system.DetailAsync("steady")).Epochs.ShouldBe(20);
    }

    [Fact]
    [Trait("Promise", "R27")]
    public async Task What_one_attempt_sends_beyond_the_limit_is_not_kept_but_asked_for_again()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("flood", trials: 2));
        var worker = system.Worker("w", slots: 2);
        await worker.ConnectAsync();
        var leases = await worker.RequestAsync(2);
        var before = system.Journal.WritesOf("flood").Count();
        system.Journal.Hold();

        // The first is being written; then as many as may wait, two that are too many, and one of a neighbour, whose room is its own.
        for (var seq = 1; seq <= 1 + ReportRules.MostWaiting + 2; seq++)
        {
            worker.Measure(leases[0].Lease, seq);
        }

        worker.Measure(leases[1].Lease, 1);
        await system.DetailAsync("flood");
        system.Journal.Release();

        await system.WhenAsync("flood", detail => detail.Epochs == 1 + ReportRules.MostWaiting + 1);
        system.Journal.WritesOf("flood").Skip(before).Sum().ShouldBe(1 + ReportRules.MostWaiting + 1);
        (await worker.ExpectAsync<WorkerProtocol.ResendReports>()).FromSeq.ShouldBe(1 + ReportRules.MostWaiting + 1);
        worker.Measure(leases[0].Lease, 1 + ReportRules.MostWaiting + 1);
        await system.WhenAsync("flood", detail => detail.Epochs == 1 + ReportRules.MostWaiting + 2);
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

        for (var seq = 1; seq <= 1 + ReportRules.MostWaiting; seq++)
        {
            worker.Measure(lease, seq);
        }

        // Answered by the search itself: by then it has received all of them.
        await system.DetailAsync("flood");
        system.Journal.Release();
        await system.WhenAsync("flood", detail => detail.Epochs == 1 + ReportRules.MostWaiting);

        system.Journal.WritesOf("flood").Skip(before).ShouldBe([1, ReportRules.MostWaiting]);
    }

    // As a worker does, but without its patience: each answer brings as many reports as may wait.
    private static async Task SendAgainAsync(TestWorker worker, LeaseKey lease)
    {
        var through = (long)Flood;
        while (true)
        {
            var answer = await worker.ExpectAsync<IWithSearchId>();
            var from = answer switch
            {
                WorkerProtocol.ReportAccepted { Seq: Flood } => -1,
                WorkerProtocol.ReportAccepted accepted when accepted.Seq == through => through + 1,
                WorkerProtocol.ResendReports resend => resend.FromSeq,
                _ => 0,
            };
            if (from < 0)
            {
                return;
            }

            if (from > 0)
            {
                through = Math.Min(Flood, from + ReportRules.MostWaiting - 1);
                for (var seq = from; seq <= through; seq++)
                {
                    worker.Measure(lease, seq);
                }
            }
        }
    }
}
