using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Reading;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.State.Notes;

namespace SearchCluster.Cli.Connection;

/// <summary>The journal of a state folder, open for reading only; loads neither Akka nor ASP.NET Core.</summary>
internal sealed class JournalConnection : ISearchConnection
{
    private readonly JournalSearchService _service;

    public JournalConnection(PersistenceOptions? persistence, StateFolder state, TimeProvider clock, string? notice)
    {
        // A PostgreSQL journal may be that of a coordinator on another machine, whose lock this folder does not show.
        _service = JournalSearchService.Open(persistence, state, clock, isAbandoned: notice is null && persistence is null);
        (Place, Notice, ArtifactFolder) = (state.Root, notice, ArtifactsNote.FolderOf(state));
    }

    public ISearchService Service => _service;

    public ConnectionKind Kind => ConnectionKind.Offline;

    public string Place { get; }

    public string? Notice { get; }

    public string? ArtifactFolder { get; }

    public ValueTask DisposeAsync()
    {
        _service.Dispose();
        return ValueTask.CompletedTask;
    }
}
