using System.Data.Common;
using System.Net.Sockets;
using SearchCluster.Coordinator.Options;
using SearchCluster.Hosting.Persistence.Leases;

namespace SearchCluster.Coordinator.Standby;

/// <summary>Renews the lease of the journal, and ends the process when it is lost.</summary>
/// <remarks>
/// When the database does not answer, a coordinator with standbys ends before one of them may take the lease, since workers that still
/// reach it would go on working for it. One without standbys waits for its database, as ever, and ends only when another one has the lease
/// then.
/// Time is measured from before the last renewal that worked was sent, by a clock that is never set.
/// </remarks>
internal sealed partial class LeaseKeeper(
    CoordinatorOptions options, JournalLease lease, JournalTerm term, Action lost, ILogger<LeaseKeeper> log) : IAsyncDisposable
{
    // The driver needs a moment to give a dead connection up.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan GiveBackLimit = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _end = new();
    private volatile LeaseClaim? _claim;
    private long _epoch;
    private Task _running = Task.CompletedTask;
    private bool _saidTrouble;

    /// <summary>Begins.</summary>
    /// <param name="claim">Who has the lease.</param>
    /// <param name="epoch">Of the lease.</param>
    /// <param name="since">The monotonic time before it was asked for.</param>
    public void Start(LeaseClaim claim, long epoch, long since)
    {
        (_claim, _epoch) = (claim, epoch);
        _running = KeepAsync(since);
    }

    /// <summary>Tells others where workers find this coordinator, with the next renewal.</summary>
    /// <param name="address"><c>host:port</c>; null where it takes none.</param>
    public void ListensOn(string? address) => _claim = _claim is { } claim ? claim with { ClusterAddress = address } : null;

    /// <summary>Gives the lease back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        if (_claim is { } claim && term.LostBecause is null)
        {
            await GiveBackAsync(claim);
        }

        _claim = null;
        _end.Dispose();
    }

    private async Task KeepAsync(long since)
    {
        using var timer = new PeriodicTimer(options.Lease.Renewal, options.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                since = await RenewAsync(since);
                if (Verdict(since) is { } because)
                {
                    term.Lose(because);
                    LogLost(log, because);
                    lost();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The process ends in order.
        }
    }

    private TimeSpan Left(long since) => options.Lease.Time - options.Lease.Margin - options.Clock.GetElapsedTime(since);

    private string? Verdict(long since) => term.LostBecause
        ?? (HasStandbys && Left(since) <= TimeSpan.Zero
            ? $"the database did not renew its lease for {Durations.Of(options.Lease.Time - options.Lease.Margin)}, and another "
                + "coordinator stands by"
            : null);

    // What the database told last counts: the one that holds the lease is none of them.
    private bool HasStandbys => term.View?.Standbys.Any(standby => standby.Claim.Run != _claim?.Run) == true;

    private async Task<long> RenewAsync(long since)
    {
        var began = options.Clock.GetTimestamp();
        var patience = HasStandbys ? Left(since) : options.Lease.Time;
        using var limit = new CancellationTokenSource(patience > LeastPatience ? patience : LeastPatience, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _end.Token);
        try
        {
            if (await lease.RenewAsync(_claim!, _epoch, either.Token) is { } view)
            {
                _saidTrouble = false;
                term.See(view);
                return began;
            }

            term.Lose(await SuccessorAsync(either.Token));
        }
        catch (Exception failure) when (IsTrouble(failure) && !_end.IsCancellationRequested)
        {
            if (!_saidTrouble)
            {
                _saidTrouble = true;
                LogNotRenewed(log, failure.Message);
            }
        }

        return since;
    }

    private async Task<string> SuccessorAsync(CancellationToken cancellationToken)
    {
        try
        {
            var view = await lease.LookAsync(null, cancellationToken);
            return view.Holder is { } heir
                ? $"another coordinator has taken over: process {heir.Pid} on {heir.Host}, {heir.Url}"
                : "another coordinator had taken over";
        }
        catch (Exception failure) when (IsTrouble(failure))
        {
            return "another coordinator has taken over";
        }
    }

    private async Task GiveBackAsync(LeaseClaim claim)
    {
        using var limit = new CancellationTokenSource(GiveBackLimit, options.Clock);
        try
        {
            await lease.GiveBackAsync(claim.Run, _epoch, limit.Token);
        }
        catch (Exception failure) when (IsTrouble(failure))
        {
            LogNotGivenBack(log, Durations.Of(options.Lease.Time), failure.Message);
        }
    }

    /// <summary>Tells what a database that is out of reach throws.</summary>
    /// <param name="failure">What was thrown.</param>
    internal static bool IsTrouble(Exception failure) =>
        failure is DbException or SocketException or IOException or TimeoutException or OperationCanceledException;

    [LoggerMessage(EventId = 1, Level = LogLevel.Critical, Message = "This coordinator ends because {Reason}")]
    private static partial void LogLost(ILogger logger, string reason);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The lease of the journal could not be renewed: {Reason}")]
    private static partial void LogNotRenewed(ILogger logger, string reason);

    [LoggerMessage(
        EventId = 3,
        Level = LogLevel.Warning,
        Message = "The lease of the journal could not be given back, so others wait up to {Time} for it: {Reason}")]
    private static partial void LogNotGivenBack(ILogger logger, string time, string reason);
}
