using SearchCluster.Cli.Connection;
using SearchCluster.Cli.InProcess;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.EndToEnd;

/// <summary>The tool with everything real but the process: own state folder, coordinator and worker in-process,
/// training with libtorch.</summary>
internal sealed class RealHarness : IDisposable
{
    public const string Branin = """
        version: 1
        name: branin
        workload: { builtin: function, fixed: { function: branin } }
        objective: { metric: value, direction: minimize }
        space:
          x: { type: float, min: -5, max: 10 }
          y: { type: float, min: 0, max: 15 }
        budget: { trials: 6 }
        """;

    public RealHarness()
    {
        Cli = new CliHarness { Clock = TimeProvider.System };
        State = Path.Combine(Cli.Folder, "state");
        Hosting = new InProcessHosting(name => Cli.Variables.GetValueOrDefault(name), TimeProvider.System);
        Connector = new SearchConnector(name => Cli.Variables.GetValueOrDefault(name), Hosting, TimeProvider.System);
    }

    public CliHarness Cli { get; }

    public string State { get; }

    public InProcessHosting Hosting { get; }

    public SearchConnector Connector { get; }

    /// <summary>Runs a command line on the state folder; afterwards <see cref="CliHarness.Out"/> holds its output alone.</summary>
    public Task<int> RunAsync(string line)
    {
        Cli.Clear();
        return Cli.RunAsync(Connector, [.. line.Split(' '), "--state", State]);
    }

    public void Dispose() => Cli.Dispose();
}
