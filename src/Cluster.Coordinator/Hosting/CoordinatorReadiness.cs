namespace SearchCluster.Coordinator.Hosting;

/// <summary>Tells when the coordinator can be used: all searches are recovered and the HTTP API listens.</summary>
public sealed class CoordinatorReadiness
{
    private readonly TaskCompletionSource<ReadyCoordinator> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the coordinator is ready; fails with <see cref="CoordinatorStartException"/>
    /// when it never will be.</summary>
    public Task<ReadyCoordinator> WhenReady => _ready.Task;

    internal void Complete(ReadyCoordinator ready) => _ready.TrySetResult(ready);

    internal void Fail(Exception failure) => _ready.TrySetException(failure);
}

/// <summary>A coordinator that stands by for another one.</summary>
/// <param name="Url">Address of the HTTP API of that one.</param>
/// <param name="ClusterAddress">Its address for workers, <c>host:port</c>; null where it is not known.</param>
public sealed record StandingBy(string Url, string? ClusterAddress);

/// <summary>A coordinator that can be used.</summary>
/// <param name="Url">Address of the HTTP API.</param>
/// <param name="ClusterAddress">Address for workers, <c>host:port</c>; null in local mode.</param>
/// <param name="Searches">How many searches were recovered.</param>
public sealed record ReadyCoordinator(string Url, string? ClusterAddress, int Searches);
