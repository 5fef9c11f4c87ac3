namespace SearchCluster.Integration.Tests.Faults;

/// <summary>Processes that are told to end while they still start.</summary>
[Trait("Category", "Integration")]
public sealed class EndedStartTests
{
    private const int Times = 10;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(300);

    // What each of them says of its own accord, and is true.
    private static readonly string[] Told = ["No coordinator address in ", "Other users of this machine could look into the state folder"];

    [Theory]
    [InlineData("coordinator")]
    [InlineData("run")]
    [InlineData("worker")]
    public async Task Whenever_the_end_comes_nothing_of_it_is_a_fault_in_the_log(string command)
    {
        Assert.SkipUnless(Signals.AreAvailable, "SIGTERM is sent on Linux only.");
        await using var deployment = new Deployment();
        var spec = deployment.WriteFile("short.yaml", SpecTexts.Function("short", trials: 1, measurements: 200, sleepMilliseconds: 50));
        string[] arguments = command switch
        {
            "coordinator" => ["coordinator", "--port", "0"],
            "run" => ["run", spec, "--slots", "1", "--port", "0"],
            _ => ["worker", "--name", "w1", "--device", "cpu"],
        };

        // From before the signals are listened to until after the ports are bound, wherever a busy machine is by then; every other time
        // after the first line of the start.
        for (var i = 1; i <= Times; i++)
        {
            var before = LogBytes(deployment);
            var process = deployment.Start($"{command} {i}", arguments);
            await deployment.UntilAsync(() => i % 2 == 1 || process.HasExited || LogBytes(deployment) > before, "it has begun");
            await Polling.UntilAsync(() => process.HasExited, i / 2 * Step);
            process.Terminate();
            (await process.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(deployment.Describe());
            process.ExitCode.ShouldBeOneOf([0, 143], deployment.Describe());
        }

        (await deployment.RunAsync("logs", "--level", "warn", "--all")).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldAllBe(line => Told.Any(told => line.Contains(told, StringComparison.Ordinal)));
    }

    private static long LogBytes(Deployment deployment)
    {
        var logs = Path.Combine(deployment.StateFolder, "logs");
        return Directory.Exists(logs) ? Directory.EnumerateFiles(logs).Sum(file => new FileInfo(file).Length) : 0;
    }
}
