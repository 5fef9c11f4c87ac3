using System.Collections.Immutable;
using Akka.Actor;
using SearchCluster.Coordinator.Reading;
using SearchCluster.Search.State;
using SearchCluster.Search.View;

namespace SearchCluster.Coordinator.Actors;

/// <summary>Marks messages between the coordinator's own actors: they never leave the process and have no manifest.</summary>
internal interface ILocalMessage : INoSerializationVerificationNeeded;

/// <summary>Messages between the manager, the dispatcher, the searches and their samplers.</summary>
internal static class LocalMessages
{
    /// <summary>Dispatcher to search: lease to this worker, and send it the assignments as the answer to its request.</summary>
    public sealed record LeaseFor(SearchCommands.LeaseWork Command, long RequestId, IActorRef Worker) : ILocalMessage;

    /// <summary>Search to dispatcher: what it gave for <see cref="LeaseFor"/>, one list of leases for each group.</summary>
    public sealed record LeaseAnswered(LeaseFor Asked, ImmutableArray<ImmutableArray<LeaseKey>> Groups) : ILocalMessage
    {
        public SearchId SearchId => Asked.Command.SearchId;

        public WorkerDescription Worker => Asked.Command.Worker;
    }

    /// <summary>Search to dispatcher, after its recovery and before its first demand: the leases that are open.</summary>
    public sealed record LeasesRecovered(ImmutableArray<OpenLease> Leases) : ILocalMessage;

    /// <summary>Search to dispatcher: these leases ran alone in their processes, and others may run beside them now.</summary>
    public sealed record LeasesShared(ImmutableArray<LeaseKey> Leases) : ILocalMessage;

    /// <summary>Manager to dispatcher: all searches have recovered, so it knows all open leases.</summary>
    public sealed record SearchesReady : ILocalMessage
    {
        public static SearchesReady Instance { get; } = new();
    }

    /// <summary>Dispatcher to search: attempts of another search run in this process now, too.</summary>
    public sealed record ProcessShared(WorkerId WorkerId, string Incarnation) : ILocalMessage;

    /// <summary>Manager to dispatcher: the worker reported the end of this lease, so its slot is free as the worker sees it.</summary>
    public sealed record LeaseEnding(LeaseKey Lease) : ILocalMessage;

    /// <summary>Search to dispatcher: these leases are not open any more.</summary>
    public sealed record LeasesEnded(ImmutableArray<LeaseKey> Leases) : ILocalMessage;

    /// <summary>Search to dispatcher, after each commit that changed it: how much it could lease right now.</summary>
    /// <param name="SearchId">Name of the search that has work.</param>
    /// <param name="IsOver">Whether it will never have any again.</param>
    /// <param name="Demand">How many groups could be leased, and which workers fit them.</param>
    /// <param name="Running">How many leases are open.</param>
    /// <param name="Priority">The highest comes first.</param>
    public sealed record SearchDemand(SearchId SearchId, bool IsOver, WorkDemand Demand, int Running, int Priority = 0) : ILocalMessage;

    /// <summary>Manager to dispatcher: the search's actor is gone for now.</summary>
    public sealed record SearchGone(SearchId SearchId) : ILocalMessage;

    /// <summary>Dispatcher to search: slots of all workers, so that it suggests far enough ahead; and those that take work, so that it
    /// knows who else may have its data.</summary>
    public sealed record CapacityChanged(int Slots, ValueArray<WorkerDescription> Workers) : ILocalMessage;

    /// <summary>Dispatcher to search: a worker's process lives and holds these leases of the search; its other
    /// leases of older processes are lost.</summary>
    /// <param name="SearchId">Name of the search whose leases they are.</param>
    /// <param name="WorkerId">Name of the worker, which all its processes share.</param>
    /// <param name="Incarnation">Its process.</param>
    /// <param name="Held">What it holds of the search.</param>
    /// <param name="Worker">Where it is reached.</param>
    /// <param name="IsShared">Whether attempts of other searches run in the process.</param>
    /// <param name="WasShared">Whether attempts of other searches ran in its older processes; null while that is not known yet: then their
    /// leases stay for now.</param>
    /// <param name="Former">How the process before ended; null where nobody told.</param>
    /// <param name="CleanExits">Its older processes that ended in order: what they did not report, never reached them or was given
    /// back.</param>
    public sealed record WorkerAlive(
        SearchId SearchId,
        WorkerId WorkerId,
        string Incarnation,
        ImmutableArray<LeaseKey> Held,
        IActorRef Worker,
        bool IsShared,
        bool? WasShared,
        FormerProcess? Former,
        ValueArray<string> CleanExits) : ILocalMessage, IWithSearchId;

    /// <summary>Manager to search: may it be removed? Answered with <see cref="Removable"/>; if so, the search
    /// takes no further command.</summary>
    public sealed record AskRemovable(SearchCommands.DeleteSearch Command) : ILocalMessage;

    /// <summary>Search to manager: <see cref="SearchReplies.SearchRemoved"/> when it may be removed, else why
    /// not; and the trace that its spans belong to.</summary>
    public sealed record Removable(SearchId SearchId, IWithSearchId Reply, string? TraceId) : ILocalMessage;

    /// <summary>Eraser to manager: nothing of the search is left, or why something is.</summary>
    public sealed record Erased(SearchId SearchId, string? Problem) : ILocalMessage;

    /// <summary>Search to manager: its recovery is complete.</summary>
    public sealed record SearchReady(SearchId SearchId) : ILocalMessage;

    /// <summary>Search to manager: its recovery failed; followed by its end.</summary>
    public sealed record SearchUnreadable(SearchId SearchId, Exception Cause) : ILocalMessage;

    /// <summary>What reading the journal itself found of a search whose recovery failed; null where the journal cannot be read now; the
    /// delay is how long it waits before it starts again.</summary>
    public sealed record SearchInspected(SearchId SearchId, SearchReading? Reading, TimeSpan Delay) : ILocalMessage;

    /// <summary>Search to manager: it stops; told before it refuses anything, so that who was refused and asks
    /// again is answered by the manager.</summary>
    public sealed record SearchStops(SearchId SearchId) : ILocalMessage;

    /// <summary>Manager to search: asks for a <see cref="Summarised"/>.</summary>
    public sealed record Summarise : ILocalMessage
    {
        public static Summarise Instance { get; } = new();
    }

    /// <summary>Search to whom asked: its line of the list; null when it was registered, but never submitted.</summary>
    public sealed record Summarised(Contracts.Api.SearchSummary? Summary) : ILocalMessage;

    /// <summary>HTTP API to manager and on to the search: is this a lease that it gave and that has not ended? Answered with
    /// <see cref="LeaseStands"/>.</summary>
    public sealed record AskLease(LeaseKey Lease) : ILocalMessage, IWithSearchId
    {
        public SearchId SearchId => Lease.SearchId;
    }

    /// <summary>Search to whom asked: whether the lease is open.</summary>
    public sealed record LeaseStands(SearchId SearchId, bool IsOpen) : ILocalMessage, IWithSearchId;

    /// <summary>Shutdown to manager and on to its searches: answer with <see cref="Settled"/> when nothing waits to be written.</summary>
    public sealed record Settle : ILocalMessage
    {
        public static Settle Instance { get; } = new();
    }

    /// <summary>All that was received before is written.</summary>
    public sealed record Settled : ILocalMessage
    {
        public static Settled Instance { get; } = new();
    }

    /// <summary>Manager to dispatcher: answer the sender with the cluster view.</summary>
    public sealed record DescribeCluster(int Searches) : ILocalMessage;

    /// <summary>Search to sampler: propose configurations.</summary>
    public sealed record Propose(SearchView View, TrialId First, int Count, string? TraceParent) : ILocalMessage;

    /// <summary>Sampler to search: it threw.</summary>
    public sealed record SamplerFailed(TrialId First, string Explanation) : ILocalMessage;

    /// <summary>Time to look at deadlines.</summary>
    public sealed record Tick : ILocalMessage
    {
        public static Tick Instance { get; } = new();
    }
}
