using System.Globalization;
using SearchCluster.Hosting.State;

namespace SearchCluster.Benchmarks.Throughput;

/// <summary>A coordinator and workers as processes of their own, connected over TCP, on a fresh state folder.</summary>
internal sealed class TestCluster : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly List<ChildProcess> _processes = [];
    private readonly StateFolder _state;
    private readonly bool _keep;
    private SearchClient? _client;

    private TestCluster(bool keep)
    {
        _state = StateFolder.Resolve(Directory.CreateTempSubdirectory("searchcluster-bench-").FullName);
        _keep = keep;
    }

    public SearchClient Client => _client ?? throw new InvalidOperationException("The cluster is not started.");

    public ChildProcess Coordinator => _processes[0];

    public string Folder => _state.Root;

    public StateFolder State => _state;

    public TimeSpan CoordinatorCpu => Coordinator.CpuTime;

    public ProcessMemory? CoordinatorMemory => Coordinator.Memory;

    public TimeSpan WorkerCpu => _processes.Skip(1).Aggregate(TimeSpan.Zero, (sum, worker) => sum + worker.CpuTime);

    public static async Task<TestCluster> StartAsync(int workers, int slots, bool keep)
    {
        var cluster = new TestCluster(keep);
        try
        {
            await cluster.StartAsync(workers, slots);
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>Number of events of a search in the journal.</summary>
    public long CountEvents(string search) => JournalFile.CountEvents(_state, new SearchId(search));

    public void Dispose()
    {
        _client?.Dispose();
        _processes.Reverse();
        _processes.ForEach(process => process.Dispose());
        if (!_keep)
        {
            Directory.Delete(_state.Root, recursive: true);
        }
    }

    /// <summary>Waits for something that the processes bring about; fails when one of them ends.</summary>
    public async Task WaitAsync(string what, TimeSpan interval, TimeSpan limit, Func<Task<bool>> isThere)
    {
        using var timer = new PeriodicTimer(interval);
        var started = TimeProvider.System.GetTimestamp();
        while (!await isThere())
        {
            var dead = _processes.Find(process => process.HasExited);
            if (dead is not null || TimeProvider.System.GetElapsedTime(started) > limit)
            {
                var reason = dead is null ? $"not within {limit.TotalSeconds:0} s" : $"{dead.Name} ended";
                throw new InvalidOperationException($"{what}: {reason}.{System.Environment.NewLine}{(dead ?? Coordinator).Output}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Kills the coordinator.</summary>
    public void KillCoordinator()
    {
        _client?.Dispose();
        _client = null;
        _processes[0].Dispose();
        _processes.RemoveAt(0);
        File.Delete(_state.EndpointFile);
    }

    /// <summary>Starts a coordinator on the folder.</summary>
    /// <param name="limit">Longest time until it has recovered all searches.</param>
    /// <returns>How long it took, from the start of its process.</returns>
    public async Task<TimeSpan> StartCoordinatorAsync(TimeSpan limit)
    {
        var started = TimeProvider.System.GetTimestamp();
        _processes.Insert(0, ChildProcess.Start("Cluster.Coordinator", ["--port", "0", "--cluster-port", "0"], Environment));
        var interval = TimeSpan.FromMilliseconds(50);
        await WaitAsync("The coordinator writes where it listens", interval, limit, () => Task.FromResult(TryConnect()));
        await WaitAsync("The coordinator is ready", interval, limit, Client.IsReadyAsync);
        return TimeProvider.System.GetElapsedTime(started);
    }

    private Dictionary<string, string> Environment => new() { [StateFolder.EnvironmentVariable] = _state.Root };

    private async Task StartAsync(int workers, int slots)
    {
        await StartCoordinatorAsync(StartLimit);
        for (var i = 1; i <= workers; i++)
        {
            string[] arguments = ["--name", $"bench-{i}", "--device", "cpu", "--slots", slots.ToString(CultureInfo.InvariantCulture)];
            _processes.Add(ChildProcess.Start("Cluster.GpuWorker", arguments, Environment));
        }

        var interval = TimeSpan.FromMilliseconds(100);
        await WaitAsync("The workers connect", interval, StartLimit, async () => await Client.WorkerCountAsync() == workers);
    }

    private bool TryConnect()
    {
        if (CoordinatorEndpoint.TryRead(_state) is not { } endpoint || AccessToken.TryLoad(_state) is not { } token)
        {
            return false;
        }

        _client = new SearchClient(new Uri(endpoint.Url), token.Value);
        return true;
    }
}
