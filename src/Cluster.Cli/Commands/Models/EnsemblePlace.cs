using SearchCluster.Artifacts;
using SearchCluster.Artifacts.Http;
using SearchCluster.Cli.Commands.Specs;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Fetching;
using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts.Storage;
using SearchCluster.GpuWorker.Data;

namespace SearchCluster.Cli.Commands.Models;

/// <summary>Where an ensemble is built and its members come from: the state folder, or the store of a coordinator elsewhere.</summary>
internal sealed class EnsemblePlace : IAsyncDisposable
{
    private readonly CommandContext _context;
    private readonly ISearchConnection _connection;
    private readonly HttpArtifactStore? _distant;
    private readonly HttpDataStore? _distantData;

    /// <summary>Opens it; writes nothing.</summary>
    public EnsemblePlace(CommandContext context, ISearchConnection connection)
    {
        (_context, _connection) = (context, connection);
        Folder = connection.ArtifactFolder;
        if (Folder is null && connection.Transfers is null)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                "The models of this search lie in no folder of this machine, and no coordinator runs that would give them.",
                "start the coordinator, then run the command again",
                CommandCodes.WrongUsage);
        }

        if (Folder is null)
        {
            _distant = new(ClientCache.Transfers(connection));
            _distantData = new(ClientCache.Transfers(connection));
        }

        Store = _distant is null ? new FolderArtifactStore(Folder!) : _distant;
        Data = _distantData is null ? null : ClientCache.Data(context, _distantData);
    }

    /// <summary>The folder; null where the store is that of a coordinator elsewhere.</summary>
    public string? Folder { get; }

    /// <summary>The store.</summary>
    public IArtifactStore Store { get; }

    /// <summary>Data sets that the coordinator has; null where its folder is here.</summary>
    public DataCache? Data { get; }

    /// <summary>What it is, for people.</summary>
    public string Name => Folder ?? _connection.Place;

    /// <summary>Where an artifact lies or should lie, for people.</summary>
    public string Of(string artifact) => Folder is null
        ? $"{artifact} at {_connection.Place}"
        : Path.Combine(Folder, artifact.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Where the model of a trial lies or should lie, for people.</summary>
    public string OfModel(SearchId search, TrialId trial) => Of(ArtifactPaths.Model(search, trial));

    /// <summary>Tells whether there is an artifact.</summary>
    public async Task<bool> HasAsync(string artifact)
    {
        try
        {
            return await Store.ExistsAsync(artifact, _context.Cancellation);
        }
        catch (StorageTroubleException trouble) when (Folder is null)
        {
            throw TransferFailure.Of(trouble, "run the command again when the coordinator answers");
        }
    }

    /// <summary>Looks at the data of the trials with the code that lets a search go on, so that both say the same of data that changed or
    /// are gone; those of a coordinator elsewhere are looked at when they have come.</summary>
    public async Task RequireDataAsync(SearchId search, SearchSpec spec, DataIdentity? known, string device)
    {
        if (Folder is null)
        {
            return;
        }

        try
        {
            await DataCheck.RequireAsync(_context, spec, device, known);
        }
        catch (CliException refused)
        {
            throw EnsembleTrouble.OfData(refused, search);
        }
    }

    /// <summary>Before anything is looked for.</summary>
    public void RequireIsNoFile()
    {
        if (File.Exists(Folder))
        {
            throw EnsembleTrouble.Unwritable("it is a file, not a folder.", Folder);
        }
    }

    /// <summary>Before the models vote, which takes a while: whether the place takes an ensemble.</summary>
    public void RequireWritable(SearchId search)
    {
        if (Folder is null)
        {
            return;
        }

        var folder = Path.Combine(Folder, ArtifactPaths.Search(search));
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".writable-{Environment.ProcessId}.tmp");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw EnsembleTrouble.Unwritable(refused.Message, folder);
        }
    }

    /// <summary>Says why the building failed where that is the coordinator's: it is away, lets nobody in any more, or the search was
    /// deleted meanwhile.</summary>
    /// <exception cref="Contracts.Api.SearchServiceException">It is.</exception>
    public async Task RequireCoordinatorAsync(SearchId search)
    {
        if (Folder is null)
        {
            await _connection.Service.GetAsync(search, _context.Cancellation);
        }
    }

    public ValueTask DisposeAsync()
    {
        _distant?.Dispose();
        _distantData?.Dispose();
        return ValueTask.CompletedTask;
    }
}
