using Akka.Actor.Setup;

namespace SearchCluster.Hosting.Cluster.Connections.Workers;

/// <summary>What <see cref="WorkerTransport"/> is told.</summary>
internal sealed class WorkerLinkSetup(WorkerLinkOptions options) : Setup
{
    /// <summary>Whom to call.</summary>
    public WorkerLinkOptions Options { get; } = options;
}
