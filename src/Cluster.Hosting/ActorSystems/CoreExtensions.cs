using Akka.Event;
using Akka.Hosting;

namespace SearchCluster.Hosting.ActorSystems;

/// <summary>Sets up what every actor system of ours has in common.</summary>
public static class CoreExtensions
{
    /// <summary>Name of every actor system; part of cluster addresses.</summary>
    public const string ActorSystemName = "searchcluster";

    /// <summary>Adds our serializer, refuses every other one for user messages, and sends Akka's log to the host's.</summary>
    /// <param name="builder">The actor system to be.</param>
    /// <returns>The same builder.</returns>
    public static AkkaConfigurationBuilder AddSearchClusterCore(this AkkaConfigurationBuilder builder) => builder
        .AddHocon(CoreHocon.Create(), HoconAddMode.Prepend)
        .ConfigureLoggers(loggers =>
        {
            loggers.ClearLoggers();
            loggers.AddLoggerFactory();
            loggers.LogLevel = LogLevel.InfoLevel;
        });
}
