using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SearchCluster.Contracts;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting;
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

    // Threads that a workload left running would keep the process for good.
#pragma warning disable RS0030 // Nothing is left to do; who returns from Main waits for those threads.
    private static async Task Main(string[] arguments) => Environment.Exit(await RunAsync(arguments));
#pragma warning restore RS0030

    private static async Task<int> RunAsync(string[] arguments)
    {
        using var fileSize = FileSizeSignal.Take();
        try
        {
            var environment = new ConfigurationBuilder().AddEnvironmentVariables("SEARCHCLUSTER_").Build();
            using var app = WorkerApplication.Build(WorkerSettings.Read(arguments, environment));
            var exit = app.Services.GetRequiredService<WorkerExit>();
            await app.RunAsync();
            if (exit.KeyProblem is { } problem)
            {
                await Console.Error.WriteLineAsync(problem);
                return Refused;
            }

            return exit.Refusal is not null ? Refused : exit.Hung.IsCompleted ? Hangs : Success;
        }
        catch (Exception known) when (known is SearchClusterException or HostingException)
        {
            await Console.Error.WriteLineAsync(known.Message);
            return known is WorkerOptionsException ? WrongUse : Refused;
        }
    }
}
