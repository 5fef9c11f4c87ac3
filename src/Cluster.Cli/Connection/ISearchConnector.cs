using SearchCluster.Cli.Application;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Connection;

/// <summary>Finds or makes the coordinator that a command talks to.</summary>
internal interface ISearchConnector
{
    /// <summary>Reaches a coordinator, or opens the state folder in this process when none runs.</summary>
    Task<ISearchConnection> ConnectAsync(ConnectionRequest request, CancellationToken cancellation);

    /// <summary>Hosts coordinator and worker in this process until the connection is disposed.</summary>
    Task<ISearchConnection> HostAsync(ConnectionRequest request, HostRequest host, CancellationToken cancellation);
}

/// <summary>A coordinator within reach.</summary>
internal interface ISearchConnection : IAsyncDisposable
{
    ISearchService Service { get; }

    ConnectionKind Kind { get; }

    /// <summary>Where it is, for people: a URL or a folder.</summary>
    string Place { get; }

    /// <summary>Folder with the artifacts of searches; null when the coordinator is elsewhere.</summary>
    string? ArtifactFolder { get; }
}

/// <summary>How a coordinator is reached.</summary>
internal enum ConnectionKind
{
    /// <summary>Over HTTP.</summary>
    Http,

    /// <summary>The state folder is open in this process, without workers: nothing trains.</summary>
    Offline,

    /// <summary>Coordinator and worker run in this process.</summary>
    Hosted,
}

/// <summary>Where the user said the coordinator is.</summary>
internal sealed record ConnectionRequest(string? StateFolder, string? CoordinatorUrl, string? TokenFile)
{
    public static ConnectionRequest Of(GlobalSettings settings) => new(settings.State, settings.Coordinator, settings.TokenFile);
}

/// <summary>What to host.</summary>
/// <param name="Slots">Trials at once; null for one for each core.</param>
/// <param name="Port">First HTTP port to try; the next free one is taken.</param>
internal sealed record HostRequest(int? Slots, int? Port);
