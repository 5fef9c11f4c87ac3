using SearchCluster.Hosting;

namespace SearchCluster.Coordinator.Standby;

/// <summary>Another coordinator has the journal, and this process cannot stand by for it.</summary>
/// <param name="message">Who has it, and what to do.</param>
public sealed class JournalHeldException(string message) : HostingException(message);

/// <summary>This coordinator lost the lease of its journal, or could not renew it, and ended.</summary>
/// <param name="because">Why, as the middle of a sentence.</param>
public sealed class CoordinatorSupersededException(string because) : HostingException(
    $"This coordinator ended because {because}. Nothing that it acknowledged is lost, and nothing is written by two. Start it again: it "
        + "stands by then.");
