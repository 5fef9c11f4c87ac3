namespace SearchCluster.Hosting;

/// <summary>Whether the actors of a process are alone or members of a cluster.</summary>
public enum ActorMode
{
    /// <summary>One process: no ports, no singleton; the manager is an ordinary actor.</summary>
    Local,

    /// <summary>Akka.Cluster: the manager is a singleton and its reference a proxy.</summary>
    Clustered,
}

/// <summary>Key of the search manager in the actor registry: the manager itself in local mode, the singleton's
/// proxy in clustered mode.</summary>
public sealed class SearchManagerKey;
