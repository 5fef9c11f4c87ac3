using SearchCluster.Search.Sampling;
using SearchCluster.Search.State;
using SearchCluster.Search.View;

namespace SearchCluster.Runner;

/// <summary>Runs one search inside the process: suggests, starts what may start, and waits for what comes,
/// until the search is over.</summary>
internal sealed class RunnerLoop
{
    // A sampler that does not learn makes many suggestions for the price of one.
    private const int StockOfUnchangingSuggestions = 64;

    private readonly SearchSpec _spec;
    private readonly RunnerOptions _options;
    private readonly Lock _gate = new();
    private readonly ISampler _sampler;
    private readonly RunnerSearch _search;
    private readonly RunnerCalls _calls;

    public RunnerLoop(SearchSpec spec, Func<RunnerTrial, CancellationToken, Task<double>> objective, RunnerOptions options)
    {
        (_spec, _options) = (spec, options);
        _sampler = SamplerCatalog.Create(spec);
        _search = new(spec, options);
        _calls = new(spec, objective, options, _search, _gate);
    }

    public async Task<RunnerResult> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = _options.Clock.GetTimestamp();
        try
        {
            await using var stop = cancellationToken.Register(Stop).ConfigureAwait(false);
            while (!CheckIsOver())
            {
                Suggest();
                if (!StartNext())
                {
                    await WaitForChangeAsync().ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await _calls.EndAsync().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return _search.Result(_options.Clock.GetElapsedTime(start), _calls.FirstFailure) with { Warnings = _calls.Warnings };
    }

    private bool CheckIsOver()
    {
        lock (_gate)
        {
            _calls.AbandonOverdue();
            return _search.CheckIsOver();
        }
    }

    // Suggestions may take seconds; only this loop adds trials, so the view is not stale when the answer comes.
    private void Suggest()
    {
        SearchState state;
        lock (_gate)
        {
            state = _search.State;
        }

        var isBusy = state.Counts.Running >= _options.Concurrency;
        var (first, count) = isBusy || state.Waiting.New.Count > 0
            ? default
            : state.SuggestionsWanted(_sampler.IsAdaptive ? 1 : StockOfUnchangingSuggestions);
        if (count > 0)
        {
            var batch = _sampler.Suggest(SearchView.Of(state), new SuggestionContext(first, count, _spec.Seed));
            lock (_gate)
            {
                _search.Record(first, batch);
            }
        }
    }

    private bool StartNext()
    {
        lock (_gate)
        {
            if (_search.Lease() is not (var assignment, var paused))
            {
                return false;
            }

            if (paused is null)
            {
                _calls.Start(assignment);
            }
            else
            {
                _calls.Resume(paused, assignment);
            }

            return true;
        }
    }

    private void Stop()
    {
        lock (_gate)
        {
            _search.Stop();
        }
    }

    private async Task WaitForChangeAsync()
    {
        TimeSpan? until;
        lock (_gate)
        {
            var now = _options.Clock.GetUtcNow();
            TimeSpan?[] waits = [_search.State.NextLimitAfter(now) - now, _calls.UntilOverdue()];
            until = waits.Min();
        }

        using var timer = new CancellationTokenSource();
        var change = _search.Changes.ReadAsync(timer.Token).AsTask();

        // A limit at a time that has just passed is due now; timers take at most 49 days.
        var wait = until is { } time
            ? Task.Delay(time < TimeSpan.Zero
                ? TimeSpan.Zero
                : time < TimeSpan.FromDays(1) ? time : TimeSpan.FromDays(1), _options.Clock, timer.Token)
            : change;
        await Task.WhenAny(change, wait).ConfigureAwait(false);
        await timer.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(change).ConfigureAwait(false);
    }
}
