using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Output;
using SearchCluster.Cli.Terminal;
using SearchCluster.GpuWorker.Execution;

namespace SearchCluster.Cli.Application;

/// <summary>Tells when the process ends in the middle of a command although nobody asked for it: a user's code has called
/// <c>Environment.Exit</c>, whose code would say that all went well, or something else that is not true.</summary>
internal sealed class UnaskedEnd : IDisposable
{
    private const int MostNames = 4;
    private readonly CliEnvironment _environment;
    private readonly InterruptSignals _signals;
    private readonly bool _isJson;

    public UnaskedEnd(CliEnvironment environment, InterruptSignals signals, IReadOnlyList<string> arguments)
    {
        (_environment, _signals, _isJson) = (environment, signals, arguments.Contains("--json", StringComparer.Ordinal));
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>The command has ended by itself.</summary>
    public void Dispose() => AppDomain.CurrentDomain.ProcessExit -= OnExit;

    private void OnExit(object? sender, EventArgs e)
    {
        // A second signal ends the process on purpose.
        if (_signals.Token.IsCancellationRequested)
        {
            return;
        }

        var running = RunningAttempts.Read();
        var names = string.Join(", ", running.Take(MostNames).Select(NameOf))
            + (running.Count > MostNames ? $" and {running.Count - MostNames} more" : "");
        var problem = new CliException(
            ExitCodes.ProblemsFound,
            $"Code of a workload has ended this process (Environment.Exit){(names.Length > 0 ? $" while {names} ran" : "")}.",
            "let the workload return, or throw, instead; after the same command again the search goes on, and a trial that ends its "
                + "process each time fails in the end",
            ModelCodes.UserWorkload);
        Environment.ExitCode = new ErrorPrinter(_environment.Error, _isJson).Print(problem);
    }

    // As tables and messages name it.
    private static string NameOf(LeaseKey lease) => $"{lease.Item.TrialId?.ToString() ?? lease.Item.ToString()} of search {lease.SearchId}";
}
