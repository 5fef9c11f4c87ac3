using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.InProcess;

/// <summary>What a worker process is told.</summary>
internal sealed record WorkerRequest(
    string? Name, int? Slots, string Device, ValueMap<string> Labels, string? Coordinator, long? DataCache);

/// <summary>The command <c>worker</c>: the same application as the executable Cluster.GpuWorker.</summary>
internal static class WorkerProcess
{
    public static async Task<int> RunAsync(CommandContext context, WorkerRequest request)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        using var host = WorkerApplication.Build(Options(context, request, state), builder => HostedLifetime.Use(builder));
        await host.StartInOrderAsync(ready: null, context.Cancellation);
        new SystemdNotifier().Notify(ServiceState.Ready);
        if (context.Output.IsJson || LauncherTie.IsActive)
        {
            _ = TellWhenReadyAsync(context, host.Services);
        }

        await host.WaitForShutdownAsync(context.Cancellation);
        var exit = host.Services.GetRequiredService<WorkerExit>();
        if (exit.Hung.IsCompletedSuccessfully)
        {
            throw new CliException(
                ExitCodes.TimedOut,
                $"A trial hangs and this worker ends, because the thread of a hanging trial cannot be stopped otherwise: "
                    + $"{SafeText.Of(await exit.Hung)}.",
                "start the worker again; its trial counts as ended, the others go on from their checkpoints",
                CommandCodes.WorkloadHangs);
        }

        if (exit.KeyProblem is { } problem)
        {
            throw new CliException(ExitCodes.NotAllowed, problem, null, exit.KeyProblemCode!);
        }

        if (exit.TokenProblem is { } closed)
        {
            throw new CliException(ExitCodes.NotAllowed, closed, null, ProblemCodes.Unauthenticated);
        }

        return exit.Refusal is { } refusal
            ? throw new CliException(
                ExitCodes.Conflict, $"The coordinator refused this worker: {refusal}", null, CommandCodes.WorkerRefused)
            : ExitCodes.Done;
    }

    // People read it in the log.
    private static async Task TellWhenReadyAsync(CommandContext context, IServiceProvider services)
    {
        var coordinator = await services.GetRequiredService<WorkerReadiness>().WhenConnected;
        var worker = services.GetRequiredService<WorkerDescription>();
        context.Output.WriteJsonLine(
            new WorkerDocument(worker.WorkerId.Value, coordinator, worker.Device.Kind, worker.Device.Name, worker.Slots),
            CliJsonContext.Default.WorkerDocument);
    }

    private static string? Token(CommandContext context, StateFolder state)
    {
        try
        {
            return new TokenFinder(context.Environment.Variable).Find(context.Settings.TokenFile, state);
        }
        catch (CliException unusable)
        {
            throw new WorkerOptionsException(unusable.Message);
        }
    }

    private static WorkerOptions Options(CommandContext context, WorkerRequest request, StateFolder state) => new()
    {
        StateFolder = state,
        Name = request.Name,
        Slots = request.Slots,
        Device = request.Device,
        Labels = request.Labels,
        Coordinator = request.Coordinator,
        Token = () => Token(context, state),
        Clock = context.Environment.Clock,
        Workloads = context.Workloads.Catalog,
        DataCacheBytes = request.DataCache ?? WorkerOptions.DefaultDataCacheBytes,
    };
}
