using System.Globalization;
using SearchCluster.Contracts;
using SearchCluster.Coordinator.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Leases;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Standby;

/// <summary>Waits until this process has the lease of its journal; while another one has it, this one stands by. A journal in a file has
/// none: there the lock of the state folder does that.</summary>
internal sealed partial class LeaseDesk(
    CoordinatorOptions options,
    ArtifactPlace place,
    JournalTerm term,
    HttpDoor door,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : IAsyncDisposable
{
    // A network file system may show what another machine wrote after some seconds only.
    private static readonly TimeSpan MarkPatience = TimeSpan.FromSeconds(20);

    private readonly ILogger _log = loggers.CreateLogger<LeaseDesk>();
    private readonly TaskCompletionSource<LeaseClaim> _standsBy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LeaseKeeper? _keeper;
    private JournalLease? _lease;
    private LeaseClaim? _active;
    private long? _strangerSince;
    private bool _saidTrouble;

    /// <summary>Completes with the active coordinator when this one stands by for the first time.</summary>
    public Task<LeaseClaim> StandsBy => _standsBy.Task;

    /// <summary>Takes the lease, however long that takes.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JournalHeldException">Another one has it, and this process cannot stand by for that.</exception>
    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        if (options.Journal is not PostgresJournal journal)
        {
            return;
        }

        var claim = Claim();
        _lease = new JournalLease(journal, options.Lease);
        await _lease.PrepareAsync(cancellationToken);
        var (epoch, since) = await TakeAsync(claim, cancellationToken);
        term.Take(epoch);
        _keeper = new LeaseKeeper(options, _lease, term, lifetime.StopApplication, loggers.CreateLogger<LeaseKeeper>());
        _keeper.Start(claim, epoch, since);
        LogTaken(_log, epoch);
        StoreMark.Write(options.StateFolder, claim.Run);
        await _lease.FenceAsync(cancellationToken);
    }

    /// <summary>Waits until the tables of the journal are there and fenced.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FenceAsync(CancellationToken cancellationToken)
    {
        if (_lease is not null)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), options.Clock);
            while (!await _lease.FenceAsync(cancellationToken))
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
    }

    /// <summary>Tells others where workers find this coordinator.</summary>
    /// <param name="address"><c>host:port</c>; null where it takes none.</param>
    public void ListensOn(string? address) => _keeper?.ListensOn(address);

    /// <summary>Gives the lease back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_keeper is { } keeper)
        {
            _keeper = null;
            await keeper.DisposeAsync();
        }
    }

    private LeaseClaim Claim() => new(
        place.Run,
        Environment.ProcessId,
        Environment.MachineName,
        place.Url,
        options.Mode == ActorMode.Clustered && options.ClusterPort != 0
            ? string.Create(CultureInfo.InvariantCulture, $"{NodeAddress.Canonical(options.ClusterHost)}:{options.ClusterPort}")
            : null,
        ProductVersion.Current);

    private async Task<(long Epoch, long Since)> TakeAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        StandbyListener? listener = null;
        try
        {
            var began = options.Clock.GetTimestamp();
            while (true)
            {
                var since = options.Clock.GetTimestamp();
                if (await TryTakeAsync(claim, cancellationToken) is { } epoch)
                {
                    return (epoch, since);
                }

                if (_active is { } active)
                {
                    RequirePatience(active, began);
                    RequireOneStore(active);
                    listener ??= options.Mode == ActorMode.Local
                        ? null
                        : await StandbyListener.StartAsync(door, loggers, cancellationToken);
                    Tell(listener, active);
                }

                await Task.Delay(options.Lease.Poll, options.Clock, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await WithdrawAsync(claim);
            if (_standsBy.Task.IsCompleted)
            {
                CoordinatorEndpoint.Delete(options.StateFolder);
            }

            throw;
        }
        finally
        {
            if (listener is not null)
            {
                await listener.DisposeAsync();
            }
        }
    }

    private async Task<long?> TryTakeAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            if (await _lease!.TryTakeAsync(claim, cancellationToken) is { } epoch)
            {
                return epoch;
            }

            var view = await _lease.LookAsync(options.Mode == ActorMode.Local ? null : claim, cancellationToken);
            _saidTrouble = false;
            term.See(view);
            _active = view.Holder ?? _active;
        }
        catch (Exception failure) when (LeaseKeeper.IsTrouble(failure) && !cancellationToken.IsCancellationRequested)
        {
            if (!_saidTrouble)
            {
                _saidTrouble = true;
                LogUnreachable(_log, failure.Message);
            }
        }

        return null;
    }

    // A process that runs one search for a person does not wait for days; only for the end of one that was killed just now.
    private void RequirePatience(LeaseClaim active, long began)
    {
        if (options.Mode == ActorMode.Local && options.Clock.GetElapsedTime(began) > options.Lease.Time + (2 * options.Lease.Poll))
        {
            throw new JournalHeldException(
                $"The journal in PostgreSQL is in use by a coordinator: {Who(active)}. Give the search to it (searchcluster submit SPEC "
                    + $"--coordinator {active.Url}), or stop it.");
        }
    }

    private void RequireOneStore(LeaseClaim active)
    {
        if (StoreMark.IsOf(options.StateFolder, active.Run))
        {
            _strangerSince = null;
            return;
        }

        _strangerSince ??= options.Clock.GetTimestamp();
        if (options.Mode == ActorMode.Clustered && options.Clock.GetElapsedTime(_strangerSince.Value) > MarkPatience)
        {
            throw new JournalHeldException(
                $"The journal in PostgreSQL is in use by a coordinator: {Who(active)}. This one cannot stand by for it, because it keeps "
                    + $"token, key, authority, results and data in {options.StateFolder.SharedRoot}, which is not that one's folder. Give "
                    + "both the same shared folder: --shared DIR.");
        }
    }

    private string Who(LeaseClaim active) => string.Create(
        CultureInfo.InvariantCulture,
        $"process {active.Pid} on {active.Host}, since {term.View?.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, at {active.Url}");

    private void Tell(StandbyListener? listener, LeaseClaim active)
    {
        if (listener is null)
        {
            return;
        }

        listener.Active = active;
        var endpoint = new CoordinatorEndpoint(active.Url, active.ClusterAddress, active.Pid, active.Version, term.View!.Since);
        if (CoordinatorEndpoint.TryRead(options.StateFolder) != endpoint)
        {
            // Commands and workers of this machine find the active one by it.
            endpoint.Write(options.StateFolder);
            LogStandsBy(_log, Who(active));
        }

        _standsBy.TrySetResult(active);
    }

    private async Task WithdrawAsync(LeaseClaim claim)
    {
        using var limit = new CancellationTokenSource(options.Lease.Poll, options.Clock);
        try
        {
            await _lease!.WithdrawAsync(claim.Run, limit.Token);
        }
        catch (Exception failure) when (LeaseKeeper.IsTrouble(failure))
        {
            // It is forgotten by itself.
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Active in epoch {Epoch} of the journal's lease")]
    private static partial void LogTaken(ILogger logger, long epoch);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Standing by; the active coordinator is {Active}")]
    private static partial void LogStandsBy(ILogger logger, string active);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The lease of the journal cannot be looked at: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string reason);
}
