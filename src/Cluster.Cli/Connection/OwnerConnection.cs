using SearchCluster.Artifacts.Http;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Connection;

/// <summary>The coordinator that a state folder names. It may end at any moment, as that of a run does with its search: then whoever
/// reads is answered by the coordinator that took its place, or by the journal.</summary>
internal sealed class OwnerConnection : ISearchConnection
{
    private readonly OwnerSearchService _service;

    /// <summary>Connects.</summary>
    /// <param name="owner">The coordinator, which was ready.</param>
    /// <param name="lookAgain">Finds who has the folder now: another coordinator, or the journal.</param>
    /// <param name="openJournal">Opens the journal where that coordinator does not answer either.</param>
    public OwnerConnection(
        HttpConnection owner, Func<CancellationToken, Task<ISearchConnection>> lookAgain, Func<ISearchConnection> openJournal) =>
        _service = new(owner, lookAgain, openJournal);

    public ISearchService Service => _service;

    /// <summary>Offline once the journal answers.</summary>
    public ConnectionKind Kind => _service.Reader.Kind;

    public string Place => _service.Reader.Place;

    public string? Notice => _service.Reader.Notice;

    public string? ArtifactFolder => _service.Reader.ArtifactFolder;

    public HttpStoreOptions? Transfers => _service.Reader.Transfers;

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
