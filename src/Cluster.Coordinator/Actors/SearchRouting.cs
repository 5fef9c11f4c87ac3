using Akka.Actor;
using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Actors;

/// <summary>Passes a message on to the search that it names, and answers for searches that cannot: unknown, damaged, or stopped for
/// now.</summary>
/// <param name="children">The searches.</param>
/// <param name="answers">What their journal says while they are stopped.</param>
internal sealed class SearchRouting(SearchChildren children, JournalAnswers answers)
{
    /// <summary>Passes a command or a question on.</summary>
    /// <param name="message">Names the search that it is for.</param>
    /// <param name="sender">Who gets the answer.</param>
    public void Pass(IWithSearchId message, IActorRef sender)
    {
        if (children.Find(message.SearchId) is { } search)
        {
            search.Tell(message, sender);
        }
        else if (message is LocalMessages.AskLease && !IsComing(message.SearchId))
        {
            sender.Tell(new LocalMessages.LeaseStands(message.SearchId, IsOpen: false));
        }
        else if (!children.Contains(message.SearchId))
        {
            Reply(sender, UnknownSearch.Reply(message, children.Names));
        }
        else if (children.FindDamaged(message.SearchId) is { } damaged)
        {
            Reply(sender, DamagedSearch.Reply(damaged, message));
        }
        else if (message is not (SearchCommands.ReportMeasurement
            or SearchCommands.ReportWarning
            or SearchCommands.ReportOutcome
            or SearchCommands.ReleaseLease))
        {
            answers.Answer(message, sender);
        }
    }

    /// <summary>Passes on that a worker lives; what it holds of a search that is not there, or damaged, it lets go.</summary>
    /// <param name="alive">The message.</param>
    /// <param name="sender">Who sent it.</param>
    public void Pass(LocalMessages.WorkerAlive alive, IActorRef sender)
    {
        if (children.Find(alive.SearchId) is { } search)
        {
            search.Tell(alive, sender);
        }
        else if (!children.Contains(alive.SearchId) || children.FindDamaged(alive.SearchId) is not null)
        {
            var reason = children.FindDamaged(alive.SearchId)?.Damage?.Describe() ?? UnknownSearch.Text(alive.SearchId);
            foreach (var lease in alive.Held)
            {
                alive.Worker.Tell(new WorkerProtocol.StaleLease(lease, reason));
            }
        }
    }

    // One that is only stopped for now is started again; what it gave may still be open.
    private bool IsComing(SearchId search) => children.Contains(search) && children.FindDamaged(search) is null;

    private static void Reply(IActorRef sender, IWithSearchId? reply)
    {
        if (reply is not null)
        {
            sender.Tell(reply);
        }
    }
}
