using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SearchCluster.Cli.Connection;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Hosting;
using SearchCluster.Coordinator.Options;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State.Notes;

namespace SearchCluster.Cli.InProcess;

/// <summary>A coordinator inside this process; disposing stops it in order, which lets running trials save their state.</summary>
internal sealed class HostedConnection : ISearchConnection
{
    private readonly WebApplication _application;

    private HostedConnection(WebApplication application, ConnectionKind kind, string place, string? artifactFolder)
    {
        _application = application;
        Service = application.Services.GetRequiredService<ISearchService>();
        Hung = application.Services.GetService<WorkerExit>()?.Hung ?? new TaskCompletionSource<string>().Task;
        Kind = kind;
        Place = place;
        ArtifactFolder = artifactFolder;
    }

    public ISearchService Service { get; }

    public ConnectionKind Kind { get; }

    public string Place { get; }

    public string? ArtifactFolder { get; }

    public Task<string> Hung { get; }

    public static async Task<ISearchConnection> StartAsync(
        CoordinatorOptions options, CoordinatorExtension extension, ConnectionKind kind, CancellationToken cancellation)
    {
        var application = CoordinatorApplication.Build(options, extension);
        try
        {
            var readiness = application.Services.GetRequiredService<CoordinatorReadiness>();
            await application.StartInOrderAsync(() => readiness.WhenReady, cancellation);
            var ready = await readiness.WhenReady;
            return new HostedConnection(
                application,
                kind,
                kind == ConnectionKind.Offline ? options.StateFolder.Root : ready.Url,
                ArtifactsNote.FolderOf(options.StateFolder));
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }
}
