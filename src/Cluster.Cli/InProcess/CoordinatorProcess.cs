using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Systemd;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Coordinator.Hosting;
using SearchCluster.Coordinator.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.InProcess;

/// <summary>Where a coordinator process listens.</summary>
internal sealed record CoordinatorRequest(
    int? Port, int? ClusterPort, string? Host, string? ClusterHost, string? Shared, string? Artifacts, bool AwaitsResume);

/// <summary>The command <c>coordinator</c>: the same application as the executable Cluster.Coordinator.</summary>
internal static class CoordinatorProcess
{
    public static async Task<int> RunAsync(CommandContext context, CoordinatorRequest request)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        state = request.Shared is { Length: > 0 } shared ? state.With(shared) : state;
        await using var application = CoordinatorApplication.Build(
            Options(context, request, state), new CoordinatorExtension(host => HostedLifetime.Use(host)));
        var readiness = application.Services.GetRequiredService<CoordinatorReadiness>();
        _ = TellStandbyAsync(application.WhenStandingBy(), context, state);
        await application.StartInOrderAsync(() => readiness.WhenReady, context.Cancellation);
        var ready = await readiness.WhenReady;
        new SystemdNotifier().Notify(ServiceState.Ready);
        if (context.Output.IsJson || LauncherTie.IsActive)
        {
            context.Output.WriteJsonLine(
                new CoordinatorDocument(ready.Url, ready.ClusterAddress, state.Root, ready.Searches),
                CliJsonContext.Default.CoordinatorDocument);
        }
        else
        {
            context.Output.Data.WriteLine(
                $"Ready on {ready.Url}, for workers on {ready.ClusterAddress}, with {Counted.Of(ready.Searches, "search")} in "
                    + $"{state.Root}.");
            context.Output.Note("  next: searchcluster worker      (in another terminal)\n        searchcluster submit SPEC --watch");
        }

        // Stopping a service is its normal end, so the exit code is 0.
        await application.WaitForEndAsync(context.Cancellation);
        return ExitCodes.Done;
    }

    // For launch, which starts its workers now, and for systemd it is ready: it does what it has to.
    private static async Task TellStandbyAsync(Task<StandingBy> standsBy, CommandContext context, StateFolder state)
    {
        var active = await standsBy;
        new SystemdNotifier().Notify(ServiceState.Ready);
        if (context.Output.IsJson || LauncherTie.IsActive)
        {
            context.Output.WriteJsonLine(
                new CoordinatorDocument(active.Url, active.ClusterAddress, state.Root, 0) { StandsBy = true },
                CliJsonContext.Default.CoordinatorDocument);
        }
        else
        {
            context.Output.Data.WriteLine(
                $"Standing by for the coordinator at {SafeText.Of(active.Url)}; this one takes over when that ends.");
        }
    }

    private static CoordinatorOptions Options(CommandContext context, CoordinatorRequest request, StateFolder state)
    {
        var options = new CoordinatorOptions
        {
            StateFolder = state,
            Mode = ActorMode.Clustered,
            HttpPort = request.Port,
            ClusterPort = request.ClusterPort ?? 0,
            Artifacts = request.Artifacts,
            Variable = context.Environment.Variable,
            Persistence = JournalChoice.Of(context.Environment.Variable),
            Clock = context.Environment.Clock,
            Vocabulary = context.Workloads.Vocabulary,
            AwaitsResume = request.AwaitsResume,
        };
        return options with { HttpHost = request.Host ?? options.HttpHost, ClusterHost = request.ClusterHost ?? options.ClusterHost };
    }
}
