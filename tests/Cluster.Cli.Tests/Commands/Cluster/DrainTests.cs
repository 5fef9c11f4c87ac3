using System.Text.Json;
using SearchCluster.Cli.Commands.Cluster;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Tests.Commands.Cluster;

public sealed class DrainTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task It_waits_until_the_worker_holds_nothing()
    {
        _cli.Service.HeldAfterDrain = new([1, 1, 0]);

        (await _cli.RunAsync("drain", "box-cpu")).ShouldBe(ExitCodes.Done);

        _cli.Out.ShouldBe("box-cpu is drained and holds nothing.\n");
        _cli.Error.ShouldContain("waits for 1 trial on box-cpu");
        _cli.Error.ShouldContain("undo: searchcluster drain box-cpu --undo");
        _cli.Service.Calls.Count(call => call == "cluster").ShouldBe(3);
    }

    [Fact]
    public async Task Without_waiting_it_says_what_the_worker_still_holds()
    {
        (await _cli.RunAsync("drain", "box-cpu", "--no-wait", "--now", "--json")).ShouldBe(ExitCodes.Done);

        using var document = JsonDocument.Parse(_cli.Out);
        var worker = document.RootElement.GetProperty("workers")[0];
        (worker.GetProperty("isDrained").GetBoolean(), worker.GetProperty("busy").GetInt32()).ShouldBe((true, 1));
        _cli.Service.Calls.ShouldContain("drain box-cpu now");
    }

    [Fact]
    public async Task It_is_undone()
    {
        (await _cli.RunAsync("drain", "box-cpu", "--undo")).ShouldBe(ExitCodes.Done);

        _cli.Out.ShouldBe("box-cpu takes work again.\n");
        _cli.Service.Calls.ShouldContain("undrain box-cpu");
    }

    [Fact]
    public async Task An_interrupted_wait_says_that_the_worker_stays_drained()
    {
        _cli.Service.HeldAfterDrain = new(Enumerable.Repeat(1, 1_000));

        (await _cli.RunAsync("drain", "box-cpu", "--timeout", "1s")).ShouldBe(ExitCodes.TimedOut);

        _cli.Error.ShouldContain("box-cpu stays drained.");
    }

    [Theory]
    [InlineData("No machine and no worker of the cluster is named \"box-cp\".", "did you mean box-cpu?", "box-cp")]
    [InlineData("--undo and --now say different things", "leave one of them out", "box-cpu", "--undo", "--now")]
    public async Task What_cannot_be_is_refused(string message, string help, params string[] arguments)
    {
        (await _cli.RunAsync(["drain", .. arguments])).ShouldNotBe(ExitCodes.Done);

        _cli.Error.ShouldContain(message);
        _cli.Error.ShouldContain(help);
        _cli.Service.Calls.ShouldNotContain(call => call.StartsWith("drain", StringComparison.Ordinal));
    }

    [Fact]
    public void A_machine_means_all_of_its_workers_each_once()
    {
        var cluster = new ClusterView(
            "1.0",
            DateTimeOffset.UnixEpoch,
            [Worker("lab-1", "lab"), Worker("far-1", "far"), Worker("lab-0", "lab"), Worker("lone", null)],
            0);

        DrainCommand.Chosen(["lab", "lab-1", "lone"], cluster).ShouldBe([new("lab-0"), new("lab-1"), new("lone")]);
    }

    private static WorkerView Worker(string name, string? node) => new(
        new(
            new(name),
            "i",
            new("cpu", "CPU", 0),
            1,
            node is null ? ValueMap<string>.Empty : new([new("node", node)]),
            "1.0"),
        [],
        DateTimeOffset.UnixEpoch);
}
