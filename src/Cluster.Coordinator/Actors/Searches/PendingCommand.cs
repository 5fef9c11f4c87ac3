using Akka.Actor;

namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>A command that waits to be decided.</summary>
/// <param name="Command">What is asked of the search.</param>
/// <param name="Sender">Who gets the reply.</param>
/// <param name="Lease">The dispatcher's request that the command came in, or null.</param>
internal readonly record struct PendingCommand(ISearchCommand Command, IActorRef Sender, LocalMessages.LeaseFor? Lease = null)
{
    /// <summary>True when a person waits for the answer, so that a failure must be told; workers send again by themselves.</summary>
    public bool ComesFromUser =>
        Command is SearchCommands.SubmitSearch
            or SearchCommands.PauseSearch
            or SearchCommands.ResumeSearch
            or SearchCommands.PrioritiseSearch
            or SearchCommands.StopSearch;
}
