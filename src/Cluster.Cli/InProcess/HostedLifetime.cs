using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SearchCluster.Cli.InProcess;

/// <summary>A hosted coordinator lives as long as its command: the command alone listens to signals.</summary>
internal sealed class HostedLifetime : IHostLifetime
{
    public static IHostApplicationBuilder Use(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IHostLifetime, HostedLifetime>();
        return builder;
    }

    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
