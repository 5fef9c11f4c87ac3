using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Output;
using SearchCluster.Cli.Terminal;
using SearchCluster.Cli.Workloads;
using SearchCluster.Hosting.State;
using SearchCluster.Models.Data.Registry;

namespace SearchCluster.Cli.Invocation;

/// <summary>What one invocation has at hand.</summary>
internal sealed class CommandContext(
    CliEnvironment environment, GlobalSettings settings, InterruptSignals signals, CancellationToken cancellation)
    : IDisposable
{
    private readonly List<IDisposable> _kept = [];

    public CliEnvironment Environment { get; } = environment;

    public GlobalSettings Settings { get; } = settings;

    public CliOutput Output { get; } = new(environment, settings);

    /// <summary>Workloads of the user's own.</summary>
    public UserWorkloads Workloads { get; } = UserWorkloads.Of(
        settings.Workloads,
        environment.Variable,
        environment.WorkingDirectory,
        text => environment.Error.WriteLine(SafeText.Of(text)),
        cancellation);

    /// <summary>The data sets that this machine knows by name.</summary>
    public DataRegistry DataRegistry => new(StateFolder.Resolve(Settings.State).Root);

    /// <summary>Cancelled by Ctrl-C, SIGTERM or <c>--timeout</c>.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>True once the user asked to end, as opposed to a timeout.</summary>
    public bool IsInterrupted => signals.Token.IsCancellationRequested;

    /// <summary>Lets the command do something at a second Ctrl-C or SIGTERM, instead of an end at once.</summary>
    public void OnSecondSignal(Action action) => signals.OnSecond(action);

    /// <summary>True when the state folder holds a journal that this process can open.</summary>
    public bool HasSearches => Environment.Connector.HasSearches(Request);

    /// <summary>True when searches are those of a coordinator elsewhere.</summary>
    public bool IsElsewhere => Environment.Connector.IsElsewhere(Request);

    /// <summary>Where the coordinator is.</summary>
    public ConnectionRequest Request => new(Settings.State, Settings.Coordinator, Settings.TokenFile, Workloads);

    public DateTimeOffset Now => Environment.Clock.GetUtcNow();

    /// <summary>Reaches a coordinator, or opens the state folder in this process when none runs.</summary>
    public Task<ISearchConnection> ConnectAsync() => Environment.Connector.ConnectAsync(Request, Cancellation);

    /// <summary>Reaches a coordinator, or reads the journal itself when none answers, and says so.</summary>
    public async Task<ISearchConnection> ReadAsync() =>
        new CandidConnection(await Environment.Connector.ReadAsync(Request, Cancellation), Output.Warn, Output.Note);

    /// <summary>Hosts coordinator and worker in this process.</summary>
    public Task<ISearchConnection> HostAsync(HostRequest request) => Environment.Connector.HostAsync(Request, request, Cancellation);

    /// <summary>Writes a file that the user named; the command may be ended while what is no file keeps it waiting.</summary>
    public void WriteFile(string path, string text) => OutputFile.Write(
        path != "-" ? FullPath(path) : throw new CliException(
            ExitCodes.WrongUsage,
            "-o is \"-\", which is no file's name here.",
            "/dev/stdout is standard output; ./- is a file of that name",
            CommandCodes.WrongUsage),
        text,
        Output.Note,
        Cancellation);

    /// <summary>Keeps something until the command has ended.</summary>
    public void Keep(IDisposable kept) => _kept.Add(kept);

    /// <inheritdoc />
    public void Dispose() => _kept.ForEach(kept => kept.Dispose());

    /// <summary>Makes a path of the command line absolute.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Environment.WorkingDirectory);
}
