using System.Data.Common;
using SearchCluster.Contracts;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Hosting.State;
using SearchCluster.Search.View;

namespace SearchCluster.Coordinator.Reading;

/// <summary>The searches of a journal for commands that only read: no actor system, no lock, no log file, nothing written.</summary>
/// <remarks>Answers as a coordinator would that has just recovered and has no workers. One search is replayed
/// once for each command.</remarks>
public sealed class JournalSearchService : ISearchService, IDisposable
{
    private readonly PersistenceOptions _options;
    private readonly StateFolder _state;
    private readonly TimeProvider _clock;
    private readonly bool _isAbandoned;
    private readonly IJournalReader _journal;
    private readonly JournalSearches _searches;
    private readonly Dictionary<string, SearchReading> _read = new(StringComparer.Ordinal);
    private IReadOnlyList<SearchId>? _registered;

    private JournalSearchService(PersistenceOptions options, StateFolder state, TimeProvider clock, bool isAbandoned)
    {
        (_options, _state, _clock, _isAbandoned) = (options, state, clock, isAbandoned);
        _journal = JournalReaders.Open(options);
        _searches = new JournalSearches(_journal);
    }

    /// <summary>Opens the journal.</summary>
    /// <param name="options">Where it is; null for the SQLite file of the state folder.</param>
    /// <param name="state">The state folder, for traces.</param>
    /// <param name="clock">Tells the time that the views carry.</param>
    /// <param name="isAbandoned">True where it is certain that no coordinator holds the journal: what it says
    /// to run is interrupted.</param>
    /// <returns>The service; dispose it to close the journal.</returns>
    /// <exception cref="JournalUnavailableException">It cannot be read; the message tells why.</exception>
    public static JournalSearchService Open(PersistenceOptions? options, StateFolder state, TimeProvider clock, bool isAbandoned = false)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new(options ?? new SqliteJournal(state.JournalFile), state, clock, isAbandoned);
    }

    /// <inheritdoc />
    public void Dispose() => _journal.Dispose();

    /// <inheritdoc />
    public Task<SearchList> ListAsync(CancellationToken cancellationToken) => Reading(() =>
    {
        var readings = Registered().Select(search =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Read(search);
        }).ToList();
        var damaged = readings.Select(reading => reading.Damage).OfType<SearchDamage>().ToValueArray();
        return new SearchList(
            readings
                .Select(reading => reading.Summary())
                .OfType<SearchSummary>()
                .Select(summary => _isAbandoned ? InterruptedView.Of(summary) : summary)
                .OrderBy(summary => summary.SubmittedAt)
                .ThenBy(summary => summary.SearchId)
                .ToValueArray(),
            damaged.Count == 0 ? null : damaged);
    });

    /// <inheritdoc />
    public Task<SearchDetail> GetAsync(SearchId search, CancellationToken cancellationToken) =>
        Reading(() => Require(search).Detail()! is var detail && _isAbandoned ? InterruptedView.Of(detail) : detail);

    /// <inheritdoc />
    public Task<TrialPage> GetTrialsAsync(SearchQueries.GetTrials query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Reading(() => Require(query.SearchId).Trials(query)! is var page && _isAbandoned ? InterruptedView.Idle(page) : page);
    }

    /// <inheritdoc />
    public Task<SearchSpecView> GetSpecAsync(SearchId search, CancellationToken cancellationToken) =>
        Reading(() => SearchProjection.Spec(Require(search).State!));

    /// <inheritdoc />
    public async Task<TraceView> GetTraceAsync(TraceQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return TracePages.Read(_state, query, (await GetAsync(query.SearchId, cancellationToken)).TraceId, cancellationToken);
    }

    /// <inheritdoc />
    public Task<ClusterView> GetClusterAsync(CancellationToken cancellationToken) =>
        Reading(() => new ClusterView(ProductVersion.Current, _clock.GetUtcNow(), [], Registered().Count));

    /// <inheritdoc />
    public Task<SearchDetail> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken) => throw OnlyRead();

    /// <inheritdoc />
    public Task<SearchReplies.CommandAccepted> PauseAsync(SearchId search, CancellationToken cancellationToken) => throw OnlyRead();

    /// <inheritdoc />
    public Task<SearchReplies.CommandAccepted> ResumeAsync(SearchId search, ResumeRequest request, CancellationToken cancellationToken) =>
        throw OnlyRead();

    /// <inheritdoc />
    public Task<SearchReplies.CommandAccepted> PrioritiseAsync(
        SearchId search, PriorityRequest request, CancellationToken cancellationToken) => throw OnlyRead();

    /// <inheritdoc />
    public Task<SearchReplies.CommandAccepted> StopAsync(SearchId search, StopRequest request, CancellationToken cancellationToken) =>
        throw OnlyRead();

    /// <inheritdoc />
    public Task<SearchReplies.SearchRemoved> DeleteAsync(SearchId search, CancellationToken cancellationToken) => throw OnlyRead();

    /// <inheritdoc />
    public Task<WorkerView> DrainAsync(WorkerId worker, DrainRequest request, CancellationToken cancellationToken) => throw OnlyRead();

    /// <inheritdoc />
    public Task<WorkerView> UndrainAsync(WorkerId worker, CancellationToken cancellationToken) => throw OnlyRead();

    private static InvalidOperationException OnlyRead() => new("This journal is open for reading only.");

    private IReadOnlyList<SearchId> Registered() => _registered ??= _searches.Registered();

    private SearchReading Read(SearchId search) =>
        _read.TryGetValue(search.Value, out var known) ? known : _read[search.Value] = _searches.Read(search);

    private SearchReading Require(SearchId search)
    {
        var reading = Read(search);
        return reading switch
        {
            { State: not null } => reading,
            { Damage: { } damage } => throw Problems.Damaged(damage),
            _ => throw Problems.Of((SearchReplies.CommandRejected)UnknownSearch.Reply(new SearchQueries.GetSearch(search), Registered())!),
        };
    }

    private Task<T> Reading<T>(Func<T> read)
    {
        try
        {
            return Task.FromResult(read());
        }
        catch (Exception refused) when (refused is DbException or IOException or UnauthorizedAccessException)
        {
            throw JournalReaders.Unreadable(_options, refused);
        }
    }
}
