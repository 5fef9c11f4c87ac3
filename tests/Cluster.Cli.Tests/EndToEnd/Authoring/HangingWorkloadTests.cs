namespace SearchCluster.Cli.Tests.EndToEnd.Authoring;

/// <summary>Commands that use a network of a user's, which does not come back.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HangingWorkloadTests : IDisposable
{
    private const string Spec = """
        version: 1
        name: hanging
        workload: { class: hanging, fixed: { epochs: 1 } }
        data: { source: digits }
        objective: { metric: val/loss, direction: minimize }
        space:
          width: { type: int, min: 4, max: 8 }
        budget: { trials: 2 }
        """;

    private readonly RealHarness _real = new();

    private static string Assembly => typeof(HangingWorkload).Assembly.Location;

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task One_interrupt_or_the_end_of_the_time_ends_each_with_a_sentence_and_nothing_half_written()
    {
        ToolProcess.SkipUnlessInterruptible();
        _real.Cli.Write("hanging.yaml", Spec);
        (await _real.RunAsync($"run hanging.yaml --port 0 --slots 1 --workloads {Assembly}")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync($"ensemble build hanging --type top-k --members 2 --workloads {Assembly}")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Write("rows.csv", string.Join(',', Enumerable.Repeat("0", 64)) + "\n");

        foreach (var (command, place) in new[]
        {
            ("predict hanging rows.csv -o out.csv", "forward"),
            ("predict hanging rows.csv --trial 0 -o out.csv --json", "constructor"),
            ("evaluate hanging digits --trial 0", "forward"),
            ("ensemble build hanging --type top-k --members 2", "forward"),
            ("sanity hanging.yaml -o out.svg", "constructor"),
        })
        {
            using var tool = Start(command, place);
            (await tool.ReadErrorUntilAsync($"hangs in {place}", Limit())).ShouldContain("hangs in");

            await tool.InterruptAsync(Limit());

            var (exitCode, output, error) = await tool.EndAsync(Limit());
            (command, exitCode).ShouldBe((command, 130), error);
            error.ShouldContain("SC5200");
            error.ShouldContain("Interrupted while the model or workload was at work. It had not returned 3 s after it was asked to end.");
            output.ShouldBeEmpty(command);
        }

        using var limited = Start("predict hanging rows.csv -o out.csv --timeout 5s", "forward");
        var (timedOut, _, told) = await limited.EndAsync(Limit());
        timedOut.ShouldBe(124, told);
        told.ShouldContain("The time of --timeout, 5 s, is up");
        Directory.EnumerateFiles(_real.Cli.Folder, "out*").ShouldBeEmpty();
    }

    private ToolProcess Start(string command, string place) => ToolProcess.Start(
        _real.Cli.Folder, $"{command} --state {_real.State} --workloads {Assembly}", (HangingWorkload.Variable, place));

    private static CancellationToken Limit() => new CancellationTokenSource(Patience.Limit).Token;
}
