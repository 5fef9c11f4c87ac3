using Akka.Actor;
using SearchCluster.Hosting.Cluster;

namespace SearchCluster.Hosting.Tests.Cluster;

/// <summary>Sends back what it gets; stands where the search manager does, which is all of a coordinator that others can reach.</summary>
internal sealed class Echo : UntypedActor
{
    public const string Path = SearchManagerSingleton.Name + "/" + SearchManagerSingleton.Name;

    protected override void OnReceive(object message) => Sender.Tell(message, Self);
}
