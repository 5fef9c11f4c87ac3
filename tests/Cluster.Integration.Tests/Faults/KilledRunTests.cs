namespace SearchCluster.Integration.Tests.Faults;

/// <summary>Coordinator and worker in one process, killed with SIGKILL again and again.</summary>
[Trait("Category", "Integration")]
[Trait("Promise", "R11")]
public sealed class KilledRunTests
{
    private const ulong Seed = 20_261_123;
    private const int Moments = 20;
    private const int Trials = 60;

    // The undisturbed search has some 420 events; a third of the strikes comes after up to 60 further ones.
    private const int MostEvents = 60;

    [Fact]
    public async Task Twenty_kills_at_random_moments_change_no_result()
    {
        await using var quiet = new Deployment();
        var (expected, startTime) = await RunQuietlyAsync(quiet);
        await using var deployment = new Deployment();
        var nemesis = new Nemesis(deployment, Seed);

        for (var round = 1; nemesis.Strikes < Moments; round++)
        {
            var search = $"killed-{round}";
            await ContinueUntilOverAsync(deployment, nemesis, search, startTime);

            var history = deployment.History(search);
            history.Results().ShouldBe(expected);
            JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        }
    }

    private static async Task<(IReadOnlyList<string> Results, TimeSpan StartTime)> RunQuietlyAsync(Deployment deployment)
    {
        var process = deployment.Start("quiet run", "run", Spec(deployment, "quiet"), "--slots", "2", "--port", "0");
        await deployment.UntilAsync(() => deployment.EventCount("quiet") > 0, "the first event is written", process);
        var startTime = process.Age;
        await deployment.UntilAsync(() => process.HasExited, "the quiet run ends");
        process.ExitCode.ShouldBe(0, deployment.Describe());

        var history = deployment.History("quiet");
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Finished.Count().ShouldBe(Trials);
        return (history.Results(), startTime);
    }

    /// <summary>Strikes in turn in the start of a process and at its work, and lets the last process end in peace.</summary>
    private static async Task ContinueUntilOverAsync(Deployment deployment, Nemesis nemesis, string search, TimeSpan startTime)
    {
        var spec = Spec(deployment, search);
        for (var start = 0; ; start++)
        {
            // A search can be resumed once its submission is written and until it is over; "run" also takes it
            // up when it is not, and shows what it found when it is.
            string[] command = start % 2 == 1 && deployment.EventCount(search) > 0 && !deployment.History(search).IsOver
                ? ["resume", search]
                : ["run", spec];
            var process = deployment.Start($"start {start}", [.. command, "--slots", "2", "--port", "0"]);
            var isStruck = nemesis.Strikes < Moments && await (start % 3 < 2
                ? nemesis.StrikeInStartAsync(process, startTime)
                : nemesis.StrikeAfterEventsAsync(search, MostEvents, process));
            if (!isStruck)
            {
                await deployment.UntilAsync(() => process.HasExited, "the search ends");
                process.ExitCode.ShouldBe(0, deployment.Describe());
                return;
            }
        }
    }

    // Many retries: here it is not a trial's fault that its process dies.
    private static string Spec(Deployment deployment, string search) =>
        deployment.WriteFile(
            $"{search}.yaml", SpecTexts.Function(search, Trials, measurements: 4, sleepMilliseconds: 10) + "\nretry: { max: 20 }\n");
}
