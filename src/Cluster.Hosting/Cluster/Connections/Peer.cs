namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>The other end of a connection, after it has shown that it belongs here.</summary>
/// <remarks>As it is, with nothing but the key: whoever has it may be anybody, for as long as the connection lasts.</remarks>
/// <param name="stream">What to speak on.</param>
internal class Peer(Stream stream)
{
    /// <summary>What to speak on.</summary>
    public Stream Stream { get; } = stream;

    /// <summary>True when it may be a coordinator.</summary>
    public virtual bool MayLead => true;

    /// <summary>Looks again at what it has shown: certificates expire and are revoked.</summary>
    /// <returns>Why the connection must end; null while it may go on.</returns>
    public virtual string? Objection() => null;

    /// <summary>Judges the address by which it wants to be known.</summary>
    /// <param name="host">As Akka announces it.</param>
    /// <returns>Why it may not be known by it; null when it may.</returns>
    public virtual string? ObjectionTo(string host) => null;
}
