using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;

namespace SearchCluster.Hosting.Persistence;

/// <summary>Gives an actor system its journal and its snapshots.</summary>
public static class PersistenceExtensions
{
    /// <summary>Keeps events and snapshots in a SQLite file or a PostgreSQL database. Call
    /// <see cref="JournalProbe.VerifyAsync"/> before the system starts.</summary>
    /// <param name="builder">The actor system to be.</param>
    /// <param name="options">Where.</param>
    /// <returns>The same builder.</returns>
    public static AkkaConfigurationBuilder AddSearchPersistence(
        this AkkaConfigurationBuilder builder, PersistenceOptions options) => builder
        .AddSetup(new DataOptionsSetup(SqlConnections.DataOptions(options)))
        .AddHocon(Hocon(options).WithFallback(SqlPersistence.DefaultConfiguration), HoconAddMode.Prepend);

    // After some failures in a row nothing is asked of the journal for this time; the default of a minute would be added to each trouble.
    private const string BreakerReset = "2s";

    // The connection string travels in the setup above, not here: settings are printed when a system logs its configuration.
    private static Config Hocon(PersistenceOptions options)
    {
        var provider = SqlConnections.ProviderName(options);
        var parallelism = options is SqliteJournal ? 1 : 3;
        return ConfigurationFactory.ParseString($$"""
            akka.persistence {
              journal {
                plugin = "akka.persistence.journal.sql"
                auto-start-journals = ["akka.persistence.journal.sql"]
                sql {
                  provider-name = "{{provider}}"
                  auto-initialize = true
                  parallelism = {{parallelism}}
                  recovery-event-timeout = 120s
                  replay-filter.mode = fail
                  circuit-breaker {
                    call-timeout = 30s
                    reset-timeout = {{BreakerReset}}
                  }
                }
              }
              snapshot-store {
                plugin = "akka.persistence.snapshot-store.sql"
                auto-start-snapshot-stores = ["akka.persistence.snapshot-store.sql"]
                sql {
                  provider-name = "{{provider}}"
                  auto-initialize = true
                  parallelism = {{parallelism}}
                  circuit-breaker.reset-timeout = {{BreakerReset}}
                }
              }
            }
            """);
    }
}
