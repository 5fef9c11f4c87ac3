using System.Text.Json;

namespace SearchCluster.Integration.Tests.Harness;

/// <summary>A state folder of its own with the processes that a test starts on it; disposing ends and deletes everything.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private const int LogLines = 12;

    private readonly List<SearchClusterProcess> _processes = [];

    public Deployment() => Directory.CreateDirectory(StateFolder);

    public string Folder { get; } = Directory.CreateTempSubdirectory("searchcluster-").FullName;

    public string StateFolder => Path.Combine(Folder, "state");

    public string JournalFile => Path.Combine(StateFolder, "journal.db");

    /// <summary>Variables of every process that is started from now on.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Starts a process that goes on beside the test.</summary>
    public SearchClusterProcess Start(string label, params IReadOnlyList<string> arguments)
    {
        var process = SearchClusterProcess.Start(label, Folder, StateFolder, Variables, arguments);
        _processes.Add(process);
        return process;
    }

    /// <summary>Starts a process by another command, with a state folder of its own perhaps.</summary>
    public SearchClusterProcess StartOn(
        IReadOnlyList<string>? place, string label, string state, params IReadOnlyList<string> arguments)
    {
        var process = SearchClusterProcess.Start(label, Folder, state, Variables, arguments, place);
        _processes.Add(process);
        return process;
    }

    /// <summary>Runs a command to its end.</summary>
    public async Task<ToolResult> RunAsync(params IReadOnlyList<string> arguments)
    {
        var process = Start(arguments[0], arguments);
        if (!await process.WaitForExitAsync(Patience.Limit))
        {
            throw new TimeoutException($"{arguments[0]} did not end within {Patience.Limit}.\n{Describe()}");
        }

        return new(string.Join(' ', process.Arguments), process.ExitCode, process.Output, process.Error);
    }

    /// <summary>Starts a coordinator and waits until it is ready.</summary>
    public async Task<CoordinatorProcess> StartCoordinatorAsync(int httpPort = 0, int clusterPort = 0)
    {
        var process = Start("coordinator", "coordinator", "--json", "--port", $"{httpPort}", "--cluster-port", $"{clusterPort}");
        await UntilAsync(() => process.Output.Length > 0, "the coordinator is ready", process);
        return new(process, JsonElement.Parse(process.Output));
    }

    public SearchClusterProcess StartWorker(string name, int slots = 1) =>
        Start(name, "worker", "--name", name, "--slots", $"{slots}", "--device", "cpu");

    /// <summary>Starts a worker whose state folder is not the coordinator's.</summary>
    public SearchClusterProcess StartWorkerApart(string name, string folder, CoordinatorProcess coordinator, params string[] further)
    {
        var process = SearchClusterProcess.Start(
            name,
            Folder,
            folder,
            Variables,
            [
                "worker", "--name", name, "--slots", "1", "--device", "cpu", "--coordinator", $"127.0.0.1:{coordinator.ClusterPort}",
                .. further,
            ]);
        _processes.Add(process);
        return process;
    }

    /// <summary>Waits for something that processes do; fails at once when one that must live has ended.</summary>
    public async Task<TimeSpan> UntilAsync(Func<bool> condition, string what, params IReadOnlyList<SearchClusterProcess> alive)
    {
        var taken = await Polling.UntilAsync(() => condition() || alive.Any(p => p.HasExited), Patience.Limit);
        return taken is { } time && condition() ? time : throw new TimeoutException($"Waited in vain until {what}.\n{Describe()}");
    }

    public string WriteFile(string name, string text)
    {
        var file = Path.Combine(Folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Reads what is in the journal of a search by now.</summary>
    public SearchHistory History(string search) => new(JournalReader.Read(JournalFile, search));

    public int EventCount(string search) => JournalReader.Count(JournalFile, search);

    /// <summary>The last lines of all processes and logs.</summary>
    public string Describe()
    {
        var logs = Path.Combine(StateFolder, "logs");
        return string.Concat(_processes.TakeLast(6).Select(p => p.Describe()))
            + (Directory.Exists(logs)
                ? string.Concat(Directory.EnumerateFiles(logs).Order(StringComparer.Ordinal).Select(f => Tails.OfFile(f, LogLines)))
                : string.Empty);
    }

    public ValueTask DisposeAsync()
    {
        // The runner shows this with a failed test only.
        TestContext.Current.TestOutputHelper?.WriteLine(Describe());
        _processes.ForEach(p => p.Dispose());
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A coordinator that said where it listens.</summary>
internal sealed record CoordinatorProcess(SearchClusterProcess Process, JsonElement Ready)
{
    public Uri Url => new(Ready.GetProperty("url").GetString()!);

    public int HttpPort => Url.Port;

    public int ClusterPort =>
        int.Parse(Ready.GetProperty("clusterAddress").GetString()!.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
}
