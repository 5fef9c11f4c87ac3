using System.Text;
using Akka.Configuration;
using SearchCluster.Contracts.Wire;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Hosting.ActorSystems;

/// <summary>The settings behind <see cref="CoreExtensions.AddSearchClusterCore"/>.</summary>
internal static class CoreHocon
{
    private const string SerializerName = "searchcluster";

    /// <summary>Writes serializers and bindings: the marker interfaces, and each contract that carries none.</summary>
    /// <returns>The settings.</returns>
    public static Config Create()
    {
        var bindings = new StringBuilder();
        foreach (var type in ContractManifests.ByType.Keys
            .Where(type => !type.IsAssignableTo(typeof(IWithSearchId)) && !type.IsAssignableTo(typeof(IWithWorkerId)))
            .Prepend(typeof(IWithWorkerId))
            .Prepend(typeof(IWithSearchId)))
        {
            bindings.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"\"{Name(type)}\" = {SerializerName}");
        }

        return ConfigurationFactory.ParseString($$"""
            akka {
              stdout-loglevel = ERROR
              stdout-logger-class = "{{Name(typeof(EarlyAndLateLogger))}}"
              log-dead-letters = off
              log-dead-letters-during-shutdown = off

              # A process that code of a user ends (Environment.Exit) has not left in order: a worker in it must not give its trials
              # back as if nobody were to blame.
              coordinated-shutdown.run-by-clr-shutdown-hook = off
              actor {
                serializers {
                  json = "{{Name(typeof(RefusingSerializer))}}"
                  {{SerializerName}} = "{{Name(typeof(SearchClusterSerializer))}}"
                }
                serialization-bindings {
                  {{bindings}}
                }
              }
            }
            """);
    }

    private static string Name(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
