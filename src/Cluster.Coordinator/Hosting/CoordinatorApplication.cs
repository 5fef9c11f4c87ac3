using Akka.Actor;
using SearchCluster.Coordinator.Http;
using SearchCluster.Coordinator.Options;
using SearchCluster.Coordinator.Standby;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.Persistence.Leases;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.Telemetry;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>Builds the coordinator's process: the executable, the tool and the tests all use this.</summary>
public static class CoordinatorApplication
{
    /// <summary>Builds the application. Start it, then await <see cref="CoordinatorReadiness.WhenReady"/> of its services.</summary>
    /// <remarks>Starting throws a <see cref="SearchCluster.Hosting.HostingException"/> with a message for people when the state folder is
    /// in use or the journal cannot be opened.</remarks>
    /// <param name="options">How it runs.</param>
    /// <param name="extension">What the process holds besides, or null.</param>
    /// <returns>The application; nothing listens or writes yet.</returns>
    /// <exception cref="CoordinatorStartException">The options cannot be used, or a port is taken.</exception>
    public static WebApplication Build(CoordinatorOptions options, CoordinatorExtension? extension = null)
    {
        FileHandles.RequireEnough();

        // No configuration files and no ASPNETCORE_ variables: they could open further addresses.
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ApplicationName = typeof(CoordinatorApplication).Assembly.GetName().Name });
        builder.AddSearchLogging(
            options.Logging ?? new LoggingOptions { ServiceName = options.ServiceName, StateFolder = options.StateFolder });
        builder.AddSearchTelemetry(new TelemetryOptions(options.ServiceName, options.StateFolder));
        builder.AddCoordinator(options, extension?.Actors);
        extension?.Host?.Invoke(builder);
        return builder.Build().MapSearchApi();
    }

    /// <summary>Tells when an application that starts stands by for another coordinator; it is ready when it has taken over.</summary>
    /// <param name="application">Built.</param>
    /// <returns>Completes with the active coordinator; never where this one needs not to wait.</returns>
    public static async Task<StandingBy> WhenStandingBy(this WebApplication application)
    {
        ArgumentNullException.ThrowIfNull(application);
        var active = await application.Services.GetRequiredService<LeaseDesk>().StandsBy;
        return new(active.Url, active.ClusterAddress);
    }

    /// <summary>Waits until a started application is told to stop, and has.</summary>
    /// <param name="application">One that has been started.</param>
    /// <param name="cancellationToken">Tells it to stop.</param>
    /// <exception cref="CoordinatorRemovedException">Nobody told it to stop: the cluster removed it.</exception>
    public static async Task WaitForEndAsync(this WebApplication application, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        var shutdown = CoordinatedShutdown.Get(application.Services.GetRequiredService<ActorSystem>());
        await application.WaitForShutdownAsync(cancellationToken);
        if (application.Services.GetRequiredService<JournalTerm>().LostBecause is { } because)
        {
            throw new CoordinatorSupersededException(because);
        }

        if (shutdown.ShutdownReason is CoordinatedShutdown.ClusterDowningReason)
        {
            throw new CoordinatorRemovedException(application.Services.GetRequiredService<CoordinatorOptions>().StateFolder.LogsFolder);
        }
    }
}
