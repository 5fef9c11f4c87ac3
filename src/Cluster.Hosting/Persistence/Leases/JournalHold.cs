using SearchCluster.Contracts;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.Persistence.Leases;

/// <summary>A journal that one command writes while no coordinator does: its lease, where it has one. In a file the lock of the state
/// folder does
/// that.</summary>
/// <remarks>The lease is not renewed: a coordinator that starts meanwhile takes it when it ends, and the fence then refuses the
/// command.</remarks>
public sealed class JournalHold : IAsyncDisposable
{
    private readonly JournalLease? _lease;
    private readonly string _run;
    private readonly long _epoch;

    private JournalHold(PersistenceOptions journal, JournalLease? lease, string run, long epoch) =>
        (Journal, _lease, _run, _epoch) = (journal, lease, run, epoch);

    /// <summary>The journal, to be written.</summary>
    public PersistenceOptions Journal { get; }

    /// <summary>Takes it.</summary>
    /// <param name="journal">Where it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Dispose it to let go.</returns>
    /// <exception cref="JournalUnavailableException">A coordinator has it, or the server does not answer.</exception>
    public static async Task<JournalHold> TakeAsync(PersistenceOptions journal, CancellationToken cancellationToken)
    {
        if (journal is not PostgresJournal postgres)
        {
            return new(journal, null, "", 0);
        }

        await JournalProbe.VerifyAsync(journal, cancellationToken);
        var lease = new JournalLease(postgres, new LeaseTimes());
        await lease.PrepareAsync(cancellationToken);
        var run = Guid.NewGuid().ToString("N");
        var claim = new LeaseClaim(run, Environment.ProcessId, Environment.MachineName, "", null, ProductVersion.Current);
        if (await lease.TryTakeAsync(claim, cancellationToken) is { } epoch)
        {
            return new(postgres with { Epoch = new LeaseEpoch(epoch) }, lease, run, epoch);
        }

        var holder = (await lease.LookAsync(null, cancellationToken)).Holder;
        throw new JournalUnavailableException(
            StorageTrouble.Locked,
            $"{postgres.Place} is in use{(holder is null ? "" : $" by process {holder.Pid} on {holder.Host}")}. Stop that coordinator and "
                + "those that stand by, then run the command again.");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_lease is not null)
        {
            await _lease.GiveBackAsync(_run, _epoch, CancellationToken.None);
        }
    }
}
