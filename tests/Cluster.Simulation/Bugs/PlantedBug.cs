using Akka.Persistence;
using SearchCluster.Search.Decisions;
using SearchCluster.Search.State;
using SearchCluster.Simulation.Checks;
using SearchCluster.Simulation.Nodes;

namespace SearchCluster.Simulation.Bugs;

/// <summary>A defect that is put between the product and its surroundings, to see whether the invariants find it.</summary>
/// <remarks>This one is none.</remarks>
internal class PlantedBug
{
    public static PlantedBug None { get; } = new();

    /// <summary>What the product would do wrong.</summary>
    public virtual string Description => "nothing is planted";

    /// <summary>A write is confirmed before it is in the journal.</summary>
    public virtual bool ConfirmsBeforeWriting => false;

    /// <summary>The last event of a search goes with the process that wrote it.</summary>
    public virtual bool LosesLastEvent => false;

    /// <summary>Changes what a worker sends.</summary>
    /// <param name="cluster">What else there is.</param>
    /// <param name="worker">Who sends.</param>
    /// <param name="message">What the product sends.</param>
    /// <returns>What is sent.</returns>
    public virtual object Up(Ledger cluster, SimWorker worker, object message) => message;

    /// <summary>Changes what a coordinator sends.</summary>
    /// <param name="worker">Who gets it.</param>
    /// <param name="message">What the product sends.</param>
    /// <returns>What is sent; null for nothing.</returns>
    public virtual object? Down(SimWorker worker, object message) => message;

    /// <summary>Decides in the place of the product.</summary>
    public virtual SearchDecision Decide(SearchState? state, ISearchCommand command, DecisionContext context) =>
        SearchDecider.Decide(state, command, context);

    /// <summary>Changes what is read of the journal.</summary>
    public virtual IEnumerable<IPersistentRepresentation> Replay(string persistenceId, IReadOnlyList<IPersistentRepresentation> rows) =>
        rows;

    /// <summary>Changes a snapshot.</summary>
    public virtual object Snapshot(object snapshot) => snapshot;

    /// <summary>Changes which event a snapshot says it is of.</summary>
    public virtual long SnapshotNumber(long sequenceNr) => sequenceNr;

    /// <summary>Changes what a new process of a worker finds in its folder.</summary>
    /// <param name="folder">The folder, before the process opens it.</param>
    public virtual void Starting(string folder)
    {
    }
}
