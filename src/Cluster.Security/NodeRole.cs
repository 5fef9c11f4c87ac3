namespace SearchCluster.Security;

/// <summary>What the holder of a certificate may be in its cluster.</summary>
public enum NodeRole
{
    /// <summary>Leads searches and serves the HTTP API.</summary>
    Coordinator,

    /// <summary>Trains what a coordinator gives it.</summary>
    Worker,

    /// <summary>Gives searches to a coordinator and looks at them; no member of the actor system.</summary>
    Client,
}
