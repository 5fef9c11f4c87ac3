using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Connection;

/// <summary>A connection for commands that read: see <see cref="CandidSearchService"/>.</summary>
internal sealed class CandidConnection(ISearchConnection inner, Action<string> warn) : ISearchConnection
{
    public ISearchService Service { get; } = new CandidSearchService(inner.Service, warn);

    public ConnectionKind Kind => inner.Kind;

    public string Place => inner.Place;

    public string? Notice => inner.Notice;

    public string? ArtifactFolder => inner.ArtifactFolder;

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
