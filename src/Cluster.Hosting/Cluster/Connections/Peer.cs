namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>The other end of a connection, after it has shown that it belongs here.</summary>
/// <remarks>As it is, with nothing but the key: whoever has it may be anybody, for as long as the connection lasts.</remarks>
/// <param name="stream">What to speak on.</param>
internal class Peer(Stream stream)
{
    /// <summary>What to speak on.</summary>
    public Stream Stream { get; } = stream;

    /// <summary>Looks again at what it has shown: certificates expire and are revoked.</summary>
    /// <returns>Why the connection must end; null while it may go on.</returns>
    public virtual string? Objection() => null;

    /// <summary>Judges the address by which it wants to be known as a coordinator.</summary>
    /// <param name="host">As Akka announces it.</param>
    /// <returns>Why it may not be known by it; null when it may.</returns>
    public virtual string? ObjectionTo(string host) => null;

    /// <summary>Judges the address by which it wants to be known as a worker.</summary>
    /// <param name="worker">As it announced it.</param>
    /// <returns>Why it may not be known by it; null when it may.</returns>
    public virtual string? ObjectionTo(WorkerAddress worker) => Misnomer(worker, name: null);

    /// <summary>Says that a worker calls itself by another name than its own.</summary>
    /// <param name="worker">As it announced it.</param>
    /// <param name="name">Its own; null for none.</param>
    /// <returns>Null when it does not.</returns>
    protected static string? Misnomer(WorkerAddress worker, string? name) =>
        worker.Mark.Length > 0 && worker.Tag == WorkerAddress.TagOf(name)
            ? null
            : $"it announced the address {ForeignText.OneLine(worker.Host, 200)}, which is not one of its own "
                + $"(….{WorkerAddress.TagOf(name)}.worker.invalid)";
}
