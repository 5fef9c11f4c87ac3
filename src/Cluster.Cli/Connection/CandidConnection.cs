using SearchCluster.Artifacts.Http;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Connection;

/// <summary>A connection for commands that read: see <see cref="CandidSearchService"/>.</summary>
/// <param name="inner">The connection.</param>
/// <param name="warn">Told once for each damaged search.</param>
/// <param name="note">Told what a person has to know about the answers, now and when that changes.</param>
internal sealed class CandidConnection(ISearchConnection inner, Action<string> warn, Action<string> note) : ISearchConnection
{
    public ISearchService Service { get; } = new CandidSearchService(inner, warn, note);

    public ConnectionKind Kind => inner.Kind;

    public string Place => inner.Place;

    public string? Notice => inner.Notice;

    public string? ArtifactFolder => inner.ArtifactFolder;

    public HttpStoreOptions? Transfers => inner.Transfers;

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
