using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SearchCluster.Cli.Connection;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Hosting;
using SearchCluster.Coordinator.Options;
using SearchCluster.GpuWorker.Hosting;

namespace SearchCluster.Cli.InProcess;

/// <summary>A coordinator inside this process; disposing stops it in order, which lets running trials save their state.</summary>
internal sealed class HostedConnection : ISearchConnection
{
    private readonly WebApplication _application;

    private HostedConnection(WebApplication application, ConnectionKind kind, string place, string artifactFolder)
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
            await application.StartAsync(cancellation);
            var ready = await application.Services.GetRequiredService<CoordinatorReadiness>().WhenReady.WaitAsync(cancellation);
            return new HostedConnection(
                application, kind, kind == ConnectionKind.Offline ? options.StateFolder.Root : ready.Url, options.StateFolder.Root);
        }
        catch (Exception cause)
        {
            await GiveUpAsync(application, cause);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(_application);

    // What did not start stops with errors of its own. They would hide why it did not start, so they go along with that.
    private static async Task GiveUpAsync(WebApplication application, Exception cause)
    {
        try
        {
            await StopAsync(application);
        }
        catch (Exception second)
        {
            cause.Data[nameof(StopAsync)] = second.ToString();
        }
    }

    private static async Task StopAsync(WebApplication application)
    {
        await application.StopAsync(CancellationToken.None);
        await application.DisposeAsync();
    }
}
