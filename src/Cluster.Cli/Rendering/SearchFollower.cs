using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Reports;
using SearchCluster.Insight.Status;
using SearchCluster.Insight.Wording;
using Spectre.Console;

namespace SearchCluster.Cli.Rendering;

/// <summary>Watches a search until it is over. One loop polls and owns the display, because live displays are not thread-safe.</summary>
/// <param name="context">The command's context.</param>
/// <param name="connection">Where the search is.</param>
/// <param name="before">The search before it went on, whose warnings were told then; null to tell them all.</param>
internal sealed class SearchFollower(CommandContext context, ISearchConnection connection, SearchDetail? before = null)
{
    /// <summary>At most four redraws a second.</summary>
    private static readonly TimeSpan LivePeriod = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PlainPeriod = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);

    private const int TroublesShown = 3;

    private static readonly TimeSpan HungNotice = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WaitNotice = TimeSpan.FromSeconds(10);

    private readonly WarningTeller _warnings = new(context.Output.Warn, before);
    private readonly HashSet<string> _toldCauses = new(StringComparer.Ordinal);
    private int _toldTroubles;
    private DateTimeOffset? _hungSince;
    private DateTimeOffset? _waitsSince;
    private string? _toldWait;
    private string _lastLine = string.Empty;
    private DateTimeOffset _lastLineAt = DateTimeOffset.MinValue;

    /// <summary>Why the search waits, where that was told already; null for nothing.</summary>
    public string? ToldWait
    {
        init => _toldWait = value;
    }

    /// <summary>Returns the search as it was when it was over.</summary>
    /// <param name="search">Name of the search to follow.</param>
    /// <param name="onConsole">Where a live display goes.</param>
    /// <param name="isLive">Whether lines may be redrawn.</param>
    /// <param name="onLine">Takes the lines of a display that is not live.</param>
    public async Task<SearchDetail> FollowAsync(SearchId search, IAnsiConsole onConsole, bool isLive, Action<SearchDetail> onLine)
    {
        try
        {
            return isLive
                ? await onConsole.Live(new Text(string.Empty)).AutoClear(true).StartAsync(live => LoopAsync(
                    search, LivePeriod, detail => live.UpdateTarget(LiveScreen(detail, onConsole.Profile.Width))))
                : await LoopAsync(search, PlainPeriod, detail =>
                {
                    TellTroubles();
                    _warnings.Tell(detail);
                    onLine(detail);
                });
        }
        finally
        {
            TellTroubles();
        }
    }

    /// <summary>The warnings that nobody saw yet: a live display leaves nothing behind.</summary>
    public IReadOnlyList<string> UntoldWarnings(SearchDetail detail) => _warnings.Untold(detail);

    /// <summary>Passes a line on when something happened, or after a while.</summary>
    public void Throttled(SearchDetail detail, Action<string> write)
    {
        var line = SearchScreen.Line(detail);
        if (IsOver(detail) || (line != _lastLine && context.Now - _lastLineAt >= PlainInterval))
        {
            (_lastLine, _lastLineAt) = (line, context.Now);
            write(line);
        }
    }

    public static bool IsOver(SearchDetail detail) => SearchScreen.IsOver(detail);

    // Not at once: the end of the hanging trial is written in this moment, and may be the end of the search.
    private async Task GiveUpWhenHungAsync(SearchId search)
    {
        if (connection.Hung is not { IsCompletedSuccessfully: true } hung || context.Now - (_hungSince ??= context.Now) < HungNotice)
        {
            return;
        }

        throw new CliException(
            ExitCodes.TimedOut,
            $"A trial hangs and this process ends, because the thread of a hanging trial cannot be stopped otherwise: "
                + $"{SafeText.Of(await hung)}.",
            $"its trial counts as ended, the others saved their state; go on with: searchcluster resume {search}",
            CommandCodes.WorkloadHangs);
    }

    private Rows LiveScreen(SearchDetail detail, int columns) =>
        new([
            SearchDrawing.Render(detail, columns),
            .. connection.Troubles.TakeLast(TroublesShown).Concat(WarningText.Screen(_warnings.New(detail), columns))
                .Select(line => new Text(line, new Style(Color.Yellow))),
        ]);

    private void TellTroubles()
    {
        foreach (var trouble in connection.Troubles.Skip(_toldTroubles))
        {
            context.Output.Warn(trouble);
            _toldTroubles++;
        }
    }

    private async Task<SearchDetail> LoopAsync(SearchId search, TimeSpan period, Action<SearchDetail> show)
    {
        using var timer = new PeriodicTimer(period, context.Environment.Clock);
        while (true)
        {
            if (await TryReadAsync(search) is { } detail)
            {
                show(detail);
                if (detail.Damage is not null)
                {
                    throw new SearchServiceException(
                        new ApiProblem("The search is damaged.", 409, StorageCodes.SearchDamaged, detail.Damage.Describe()));
                }

                if (IsOver(detail))
                {
                    return detail;
                }

                RequireSomebody(search);
                await TellWaitAsync(detail);
            }

            await GiveUpWhenHungAsync(search);
            if (connection.Failure is { } failure)
            {
                throw failure;
            }

            await timer.WaitForNextTickAsync(context.Cancellation);
        }
    }

    // Not at once: a worker that is started again is back in some seconds.
    private async Task TellWaitAsync(SearchDetail detail)
    {
        if (connection.Kind != ConnectionKind.Http || !WorkerWait.MayBe(detail))
        {
            _waitsSince = null;
            return;
        }

        if (context.Now - (_waitsSince ??= context.Now) < WaitNotice)
        {
            return;
        }

        _waitsSince = context.Now;
        if (await WorkerWait.ReadAsync(connection.Service, detail, context.Cancellation) is { } wait && wait != _toldWait)
        {
            _toldWait = wait;
            context.Output.Warn(wait);
        }
    }

    // The journal has answered, which will say the same for ever.
    private void RequireSomebody(SearchId search)
    {
        if (connection.Kind == ConnectionKind.Offline)
        {
            throw new CliException(
                ExitCodes.Unreachable,
                connection.Notice is null
                    ? "The coordinator has ended before the search did, so there is nothing to watch any more."
                    : "The coordinator does not answer any more, so there is nothing to watch.",
                $"see: searchcluster status {search}; continue the search with: searchcluster resume {search}",
                connection.Notice is null ? ProblemCodes.NoCoordinator : ProblemCodes.NotReachable);
        }
    }

    /// <summary>A journal that takes no writes for a while ends nothing: the trouble is told once, and the
    /// search is looked at again.</summary>
    private async Task<SearchDetail?> TryReadAsync(SearchId search)
    {
        try
        {
            var detail = await connection.Service.GetAsync(search, context.Cancellation);
            Tell(detail.Trouble, TroubleText.Of(detail));
            return detail;
        }
        catch (SearchServiceException exception) when (exception.Problem.Code is ProblemCodes.JournalUnavailable or ProblemCodes.NotReady)
        {
            Tell(exception.Message, $"waits: {exception.Message}");
            return null;
        }
    }

    // One trial after the other meets the same disk with a file of its own, and the journal's sentence comes in turn with theirs.
    private void Tell(string? trouble, string? text)
    {
        var cause = trouble?.Split(" (")[0];
        if (cause is null && _toldCauses.Count > 0)
        {
            _toldCauses.Clear();
            context.Output.Note("The search goes on.");
        }
        else if (cause is not null && _toldCauses.Add(cause))
        {
            context.Output.Warn($"the search {text}");
        }
    }
}
