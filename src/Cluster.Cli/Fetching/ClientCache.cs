using Microsoft.Extensions.Logging;
using SearchCluster.Artifacts.Http;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.GpuWorker.Data;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Fetching;

/// <summary>What this machine keeps of a coordinator elsewhere in its state folder: models, ensembles and data sets by hash.</summary>
internal static class ClientCache
{
    /// <summary>Names the environment variable that says how much each of the two folders may hold.</summary>
    public const string Variable = "SEARCHCLUSTER_CACHE";

    private const string ModelsFolder = "model-cache";
    private const long DefaultBytes = 32L << 30;
    private const string Remedy = $"let it hold more: {Variable}=200GiB";

    // Somebody waits for the answer; a worker has more time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The models and ensembles.</summary>
    public static CacheFolder Models(CommandContext context) => new(
        FolderOf(context, ModelsFolder),
        LimitOf(context),
        context.Environment.Clock,
        new CacheWords("Model", "models", "machine", "other commands", Remedy));

    /// <summary>The data sets; those that workers of this machine fetched are among them.</summary>
    /// <param name="context">The command, which is told what comes.</param>
    /// <param name="store">Where they come from.</param>
    public static DataCache Data(CommandContext context, HttpDataStore store) => new(
        FolderOf(context, DataCache.FolderName),
        LimitOf(context),
        () => store,
        context.Environment.Clock,
        new NoteLogger(context.Output.Note),
        new CacheWords("Data set", "data", "machine", "other commands", Remedy));

    /// <summary>How files come from a coordinator to a person who waits.</summary>
    /// <param name="connection">It.</param>
    /// <exception cref="InvalidOperationException">It is not reached over HTTP.</exception>
    public static HttpStoreOptions Transfers(ISearchConnection connection) =>
        (connection.Transfers ?? throw new InvalidOperationException("A coordinator elsewhere is reached over HTTP.")) with
        {
            Patience = Patience,
        };

    private static string FolderOf(CommandContext context, string name)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        state.Create();
        return Path.Combine(state.Root, name);
    }

    private static long LimitOf(CommandContext context) => context.Environment.Variable(Variable) switch
    {
        null or "" => DefaultBytes,
        var text when Sizes.TryParse(text, out var bytes) => bytes,
        var text => throw new CliException(
            ExitCodes.WrongUsage,
            $"${Variable} is \"{SafeText.Of(text)}\", but must be a size.",
            "for example 512MiB, 4GiB or 1.5GB",
            CommandCodes.WrongUsage),
    };

    // What a worker logs a person is told.
    private sealed class NoteLogger(Action<string> note) : ILogger<DataCache>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            note(formatter(state, exception) + ".");
    }
}
