namespace SearchCluster.Hosting.Cluster;

/// <summary>How a worker reaches its coordinator: by one connection, which it makes itself.</summary>
public sealed record WorkerLinkOptions : ConnectionOptions
{
    /// <summary>Whom to call, <c>host:port</c>: by the address on which it listens.</summary>
    public required string Coordinator { get; init; }

    /// <summary>Told when the process there is no coordinator of this cluster, with what is wrong between the two certificates, or null
    /// where it does not have the key. May come from any thread. Null for nobody.</summary>
    public Action<string?>? CalledForeigner { get; init; }

    /// <summary>Told each time that nobody takes a connection; it is tried again. May come from any thread. Null for nobody.</summary>
    public Action? Unanswered { get; init; }

    /// <summary>Told when the connection is over, for good. May come from any thread. Null for nobody.</summary>
    public Action? Ended { get; init; }

    internal NodeAddress Address => NodeAddress.TryParse(Coordinator[..Math.Max(0, Coordinator.LastIndexOf(':'))])
        ?? throw new InvalidOperationException("The options were not checked.");

    /// <summary>Checks all members.</summary>
    /// <exception cref="ArgumentException">Something cannot be used.</exception>
    public void ThrowIfUnusable()
    {
        if ((ClusterEndpointOptions.IsEndpoint(Coordinator) && NodeAddress.TryParse(Coordinator[..Coordinator.LastIndexOf(':')]) is { }
            ? MissingProof("The coordinator", Address)
            : $"Coordinator \"{Coordinator}\" is not an endpoint; write host:port.") is { } problem)
        {
            throw new ArgumentException(problem);
        }
    }
}
