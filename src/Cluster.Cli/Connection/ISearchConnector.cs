using SearchCluster.Artifacts.Http;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Workloads;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Connection;

/// <summary>Finds or makes the coordinator that a command talks to.</summary>
internal interface ISearchConnector
{
    /// <summary>Reaches a coordinator, or opens the state folder in this process when none runs.</summary>
    Task<ISearchConnection> ConnectAsync(ConnectionRequest request, CancellationToken cancellation);

    /// <summary>Reaches a coordinator, or reads the journal itself when none answers; nothing is written.</summary>
    Task<ISearchConnection> ReadAsync(ConnectionRequest request, CancellationToken cancellation);

    /// <summary>Reaches a coordinator that runs elsewhere, or returns null when there is none.</summary>
    Task<ISearchConnection?> FindLiveAsync(ConnectionRequest request, CancellationToken cancellation);

    /// <summary>Tells whether the state folder holds a journal.</summary>
    bool HasSearches(ConnectionRequest request);

    /// <summary>Tells whether searches are those of a coordinator elsewhere, whose state folder this machine does not have: a URL was
    /// given, or the machine has joined a cluster.</summary>
    bool IsElsewhere(ConnectionRequest request);

    /// <summary>Hosts coordinator and worker, in this process or in its own ones, until the connection is disposed. Searches of the
    /// folder that were interrupted wait until they are resumed.</summary>
    Task<ISearchConnection> HostAsync(ConnectionRequest request, HostRequest host, CancellationToken cancellation);
}

/// <summary>A coordinator within reach.</summary>
internal interface ISearchConnection : IAsyncDisposable
{
    ISearchService Service { get; }

    ConnectionKind Kind { get; }

    /// <summary>Where it is, for people: a URL or a folder.</summary>
    string Place { get; }

    /// <summary>What a person has to know about the answers, or null.</summary>
    string? Notice => null;

    /// <summary>Folder with the artifacts of searches; null when the coordinator is elsewhere.</summary>
    string? ArtifactFolder { get; }

    /// <summary>How data get to the coordinator; null where it is not reached over HTTP.</summary>
    HttpStoreOptions? Transfers => null;

    /// <summary>Ends with a sentence when a trial of this process hangs, so that the process has to end; never
    /// where nothing trains.</summary>
    Task<string> Hung => Never;

    /// <summary>What happened to the processes that work for this one, in order; it only grows.</summary>
    IReadOnlyList<string> Troubles => [];

    /// <summary>Why nothing can go on here any more; null while it can.</summary>
    CliException? Failure => null;

    /// <summary>Lets a search go on also when its coordinator has to be started again.</summary>
    /// <param name="search">It runs now.</param>
    void KeepAwake(SearchId search)
    {
        // A coordinator in this process lives as long as the process.
    }

    private static readonly Task<string> Never = new TaskCompletionSource<string>().Task;
}

/// <summary>How a coordinator is reached.</summary>
internal enum ConnectionKind
{
    /// <summary>Over HTTP.</summary>
    Http,

    /// <summary>The state folder is open in this process, to read or without workers: nothing trains.</summary>
    Offline,

    /// <summary>Coordinator and workers run in this process, or in processes of its own.</summary>
    Hosted,
}

/// <summary>Where the user said the coordinator is.</summary>
internal sealed record ConnectionRequest(string? StateFolder, string? CoordinatorUrl, string? TokenFile, UserWorkloads? Workloads = null);

/// <summary>What to host.</summary>
/// <param name="Slots">Trials at once; null for one for each core.</param>
/// <param name="Port">HTTP port; null for the default or the next free one.</param>
/// <param name="Device">Device of the worker.</param>
/// <param name="NeedsJournal">Refuse a state folder that holds no searches yet.</param>
/// <param name="Gpus">GPUs that get a worker process each, as <c>launch</c> takes them; null where none was named.</param>
/// <param name="Workers">Worker processes on the CPU; null where no number was given.</param>
internal sealed record HostRequest(
    int? Slots, int? Port, string Device, bool NeedsJournal, string? Gpus = null, int? Workers = null)
{
    /// <summary>True where the work is done by processes of their own.</summary>
    public bool HasProcesses => Gpus is not null || Workers is not null;
}
