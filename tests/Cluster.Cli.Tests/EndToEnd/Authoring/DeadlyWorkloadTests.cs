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
          mode: { type: item, items: [quiet, kill] }
        algorithm: { type: grid }
        budget: { trials: 2 }
        """;

    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task The_guilty_trial_is_given_up_with_all_that_is_known_and_its_neighbour_completes()
    {
        _real.Cli.Write("deadly.yaml", Spec);
        var deaths = 0;
        while (await RunAsync("run deadly.yaml --port 0 --slots 2") is { ExitCode: var exit } run && exit != 0)
        {
            exit.ShouldBe(137, run.Error);
            (++deaths).ShouldBeLessThanOrEqualTo(MostDeaths, "the search does not end");
        }

        using var document = JsonDocument.Parse((await RunAsync("trials deadly --json")).Out);
        var trials = document.RootElement.GetProperty("trials").EnumerateArray()
            .ToDictionary(trial => trial.GetProperty("parameters").GetProperty("mode").GetString()!);
        trials["quiet"].GetProperty("state").GetString().ShouldBe("completed");
        trials["kill"].GetProperty("state").GetString().ShouldBe("failed");
        var message = trials["kill"].GetProperty("failure").GetProperty("message").GetString()!;
        message.ShouldStartWith(string.Create(
            CultureInfo.InvariantCulture, $"Given up: it lost the process of its worker {deaths} times without getting further, "));
        message.ShouldContain("alone in it, and retry.max is 3");
        (await RunAsync($"explain deadly {trials["kill"].GetProperty("trial").GetInt32()}")).Out
            .ShouldContain("with nothing else in it, which counts against retry.max");
        (await RunAsync("status deadly")).Out.ShouldContain("retry.max is 3");
    }

    private async Task<(int ExitCode, string Out, string Error)> RunAsync(string arguments)
    {
        using var tool = ToolProcess.Start(
            _real.Cli.Folder, $"{arguments} --state {_real.State} --workloads {typeof(DeadlyWorkload).Assembly.Location}");
        return await tool.EndAsync(TestContext.Current.CancellationToken);
    }
}
