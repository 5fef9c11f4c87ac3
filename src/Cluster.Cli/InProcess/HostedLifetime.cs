using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SearchCluster.Cli.InProcess;

/// <summary>What a command hosts lives as long as the command, which alone listens to signals.</summary>
/// <remarks>With a listener of its own a host would end a moment before the command knows why.</remarks>
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
