using Akka.Event;
using SearchCluster.Simulation.Nodes;
using SearchCluster.Simulation.Storage;

namespace SearchCluster.Simulation.Checks;

/// <content>What is said between workers and coordinator, and what the product logs.</content>
internal sealed partial class Ledger
{
    /// <summary>A worker sends something.</summary>
    public void Sent(SimWorker worker, object message)
    {
        world.Note($"{worker.Name} sends {Described.Of(message)}");
        if (message is SearchCommands.ReleaseLease release && cluster.Faults.IsOrderly && !worker.IsLeaving
            && Entry(release.Lease) is { HasSlot: false })
        {
            Violate("slots", $"{worker.Name} was given {release.Lease} and has no slot for it");
        }
    }

    /// <summary>A hello reaches the coordinator: whoever is alive and named there lives.</summary>
    public void Heard(WorkerProtocol.WorkerHello hello)
    {
        var sender = cluster.Workers.First(worker => worker.Id == hello.WorkerId);
        if (sender.Process?.Name != hello.Worker.Incarnation || world.Now - sender.StartedAt < Calm)
        {
            return;
        }

        // What it truly holds, whatever the message says.
        foreach (var lease in sender.Held)
        {
            _heard[lease] = world.Now;
        }
    }

    /// <summary>A coordinator sends something to a worker.</summary>
    public void Answered(SimWorker worker, object message)
    {
        switch (message)
        {
            case WorkerProtocol.ReportAccepted accepted:
                if (Entry(accepted.Lease) is not { } entry || entry.LastSeq < accepted.Seq)
                {
                    Violate("R02", $"{worker.Name} is told that report {accepted.Seq} of {accepted.Lease} is kept, which is not written");
                    return;
                }

                entry.Acknowledged = Math.Max(entry.Acknowledged, accepted.Seq);
                break;
            case WorkerProtocol.WorkAssigned assigned:
                foreach (var item in assigned.Groups.SelectMany(group => group.Items))
                {
                    if (!_leases.ContainsKey(item.Lease.Fence))
                    {
                        Violate("R05", $"{worker.Name} is given {item.Lease}, which is not written");
                    }
                }

                break;
            case WorkerProtocol.StaleLease stale:
                if (_open.Values.Any(open => open.Fence == stale.Lease.Fence))
                {
                    Violate("R15", $"{worker.Name} is told to drop {stale.Lease}, which is current");
                }

                break;
        }
    }

    /// <summary>The product logged an error.</summary>
    public void Failed(Error error)
    {
        for (var cause = error.Cause; cause is not null; cause = cause.InnerException)
        {
            if (cause is SimJournalException)
            {
                Disturbed();
                return;
            }
        }

        Violate("no exception", $"{error.LogSource}: {error.Message} {error.Cause}");
    }
}
