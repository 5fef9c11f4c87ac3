using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SearchCluster.Contracts;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker;

/// <summary>The worker as an executable of its own, for containers and services; people use <c>searchcluster worker</c>.</summary>
internal static class Program
{
    private const int Success = 0;
    private const int Refused = 1;
    private const int WrongUse = 2;

    // As timeout(1): a service manager that restarts on failure starts the worker anew.
    private const int Hangs = 124;

    private static async Task<int> Main(string[] arguments)
    {
        var exitCode = await RunAsync(arguments);
#pragma warning disable RS0030 // A process that returns waits for threads that a workload has begun.
        Environment.Exit(exitCode);
#pragma warning restore RS0030
        return exitCode;
    }

    private static async Task<int> RunAsync(string[] arguments)
    {
        using var fileSize = FileSizeSignal.Take();
        try
        {
            var environment = new ConfigurationBuilder().AddEnvironmentVariables("SEARCHCLUSTER_").Build();
            using var app = WorkerApplication.Build(WorkerSettings.Read(arguments, environment));
            var exit = app.Services.GetRequiredService<WorkerExit>();
            await app.StartInOrderAsync(ready: null, CancellationToken.None);
            await app.WaitForShutdownAsync();
            if ((exit.KeyProblem ?? exit.TokenProblem) is { } problem)
            {
                await Console.Error.WriteLineAsync(problem);
                return Refused;
            }

            return exit.Refusal is not null ? Refused : exit.Hung.IsCompleted ? Hangs : Success;
        }
        catch (OperationCanceledException)
        {
            // Stopped while it started.
            return Success;
        }
        catch (Exception known) when (known is SearchClusterException or HostingException)
        {
            await Console.Error.WriteLineAsync(known.Message);
            return known is WorkerOptionsException ? WrongUse : Refused;
        }
    }
}
