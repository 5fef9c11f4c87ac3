using System.Globalization;
using System.Text.Json;

namespace SearchCluster.Cli.Tests.EndToEnd.Authoring;

/// <summary>A trial that kills its process again and again, beside one that does nothing wrong.</summary>
[Trait("Category", "EndToEnd")]
public sealed class DeadlyWorkloadTests : IDisposable
{
    // Two deaths beside its neighbour, and one more than retry.max with nothing else in the process.
    private const int MostDeaths = 2 + 4;

    private const string Spec = """
        version: 1
        name: deadly
        workload: { class: deadly }
        objective: { metric: value, direction: minimize }
        space:
          mode: { type: item, items: [quiet, MODE] }
        algorithm: { type: grid }
        budget: { trials: 2 }
        """;

    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Theory]
    [InlineData("kill", 137)]
    [InlineData("exit", 9)]
    [Trait("Promise", "R22")]
    public async Task The_guilty_trial_is_given_up_with_all_that_is_known_and_its_neighbour_completes(string mode, int code)
    {
        _real.Cli.Write("deadly.yaml", Spec.Replace("MODE", mode, StringComparison.Ordinal));
        var deaths = 0;
        while (await RunAsync("run deadly.yaml --port 0 --slots 2") is { ExitCode: var exit } run && exit != 0)
        {
            exit.ShouldBe(code, run.Error);
            (++deaths).ShouldBeLessThanOrEqualTo(MostDeaths, "the search does not end");
        }

        using var document = JsonDocument.Parse((await RunAsync("trials deadly --json")).Out);
        var trials = document.RootElement.GetProperty("trials").EnumerateArray()
            .ToDictionary(trial => trial.GetProperty("parameters").GetProperty("mode").GetString()!);
        trials["quiet"].GetProperty("state").GetString().ShouldBe("completed");
        trials[mode].GetProperty("state").GetString().ShouldBe("failed");
        var message = trials[mode].GetProperty("failure").GetProperty("message").GetString()!;
        message.ShouldStartWith(string.Create(
            CultureInfo.InvariantCulture, $"Given up: it lost the process of its worker {deaths} times without getting further, "));
        message.ShouldContain("alone in it, and retry.max is 3");
        (await RunAsync($"explain deadly {trials[mode].GetProperty("trial").GetInt32()}")).Out
            .ShouldContain("with nothing else in it, which counts against retry.max");
        (await RunAsync("status deadly")).Out.ShouldContain("retry.max is 3");
    }

    [Fact]
    public async Task A_thread_that_a_trial_leaves_behind_does_not_keep_the_process()
    {
        _real.Cli.Write("deadly.yaml", Spec.Replace("MODE", "thread", StringComparison.Ordinal));

        var run = await RunAsync("run deadly.yaml --port 0 --slots 1");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("2 trials");
    }

    [Fact]
    public async Task A_search_of_a_workload_that_is_not_there_does_not_go_on()
    {
        _real.Cli.Write("deadly.yaml", Spec.Replace("MODE", "thread", StringComparison.Ordinal));
        (await RunAsync("run deadly.yaml --port 0 --slots 1 -q")).ExitCode.ShouldBe(0);

        (await _real.RunAsync("resume deadly --trials +1 --port 0")).ShouldBe(3);

        _real.Cli.Error.ShouldContain("Search deadly trains workload \"deadly\", which is none of the product's");
        _real.Cli.Error.ShouldContain("name its assembly: --workloads DLL");
        (await _real.RunAsync("status deadly --json")).ShouldBe(0);
        _real.Cli.Out.ShouldContain("\"state\": \"completed\"");
    }

    private async Task<(int ExitCode, string Out, string Error)> RunAsync(string arguments)
    {
        using var tool = ToolProcess.Start(
            _real.Cli.Folder, $"{arguments} --state {_real.State} --workloads {typeof(DeadlyWorkload).Assembly.Location}");
        return await tool.EndAsync(TestContext.Current.CancellationToken);
    }
}
