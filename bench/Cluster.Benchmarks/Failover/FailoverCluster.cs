using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using SearchCluster.Benchmarks.Throughput;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.State;

namespace SearchCluster.Benchmarks.Failover;

/// <summary>Coordinators and a worker as processes of their own, one long search, and a watch on how far it is.</summary>
internal sealed class FailoverCluster : IDisposable
{
    private const string Search = "long";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-failover-").FullName;
    private readonly string? _server;
    private readonly string? _database;

    /// <param name="server">A connection string of PostgreSQL, where a database is made; null for SQLite and one coordinator.</param>
    /// <param name="slots">Slots of the worker, each with one trial.</param>
    public FailoverCluster(string? server, int slots)
    {
        var environment = new Dictionary<string, string>();
        if (server is not null)
        {
            (_server, _database) = (server, $"failover_{Guid.NewGuid():N}");
            Execute($"CREATE DATABASE {_database}");
            environment["SEARCHCLUSTER_POSTGRES"] = new NpgsqlConnectionStringBuilder(server) { Database = _database }.ConnectionString;
            environment["SEARCHCLUSTER_SHARED"] = Path.Combine(_folder, "shared");
        }

        string[] names = server is null ? ["one"] : ["one", "two"];
        Coordinators =
        [
            .. names.Select(name => new Seat(
                "Cluster.Coordinator", Path.Combine(_folder, name), ["--port", "0", "--cluster-port", FreePort()], environment)),
        ];
        string[] worker = ["--name", "w", "--device", "cpu", "--slots", slots.ToString(CultureInfo.InvariantCulture)];
        Worker = new("Cluster.GpuWorker", Path.Combine(_folder, "one"), worker, environment);
    }

    public IReadOnlyList<Seat> Coordinators { get; }

    public Seat Worker { get; }

    /// <summary>Starts everything and waits until the search reports.</summary>
    public async Task StartAsync()
    {
        foreach (var seat in Coordinators)
        {
            seat.Start();
            await UntilAsync("a coordinator tells where one is active", () => CoordinatorEndpoint.TryRead(seat.State) is not null);
        }

        await UntilAsync("the coordinator is ready", () => TryAsync(client => client.IsReadyAsync()));
        Worker.Start();
        await TryAsync(async client =>
        {
            await client.SubmitAsync(Spec);
            return true;
        });
        await UntilAsync("the search reports", async () => await EpochsAsync() > 10);
    }

    /// <summary>Starts a coordinator that ended; it stands by where another one is active.</summary>
    public async Task RestartAsync(Seat seat)
    {
        File.Delete(seat.State.EndpointFile);
        seat.Start();
        if (Coordinators.Count > 1)
        {
            await UntilAsync("it tells where one is active", () => CoordinatorEndpoint.TryRead(seat.State) is not null);
        }
    }

    /// <summary>Attempts of all running trials; null where nobody answers.</summary>
    public async Task<long?> AttemptsAsync() => await DetailAsync() is { } detail ? detail.Running.Sum(trial => trial.Attempts) : null;

    /// <summary>Measurements that were written so far; null where nobody answers.</summary>
    public async Task<long?> EpochsAsync() => await DetailAsync() is { } detail ? detail.Epochs : null;

    /// <summary>The search; null where nobody answers.</summary>
    public async Task<SearchDetail?> DetailAsync() => await TryAsync(client => client.GetAsync(Search));

    /// <summary>Whether one is ready to which a state folder leads.</summary>
    /// <param name="instead">The one that was active: with others beside it, what its folder says does not count.</param>
    public async Task<bool> IsReadyAsync(Seat instead) =>
        await TryAsync(client => client.IsReadyAsync(), Coordinators.Count > 1 ? instead : null);

    /// <summary>Waits for something.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> isThere)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isThere())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Limit)
            {
                var said = string.Join('\n', Coordinators.Append(Worker).Select(seat => seat.Output));
                throw new InvalidOperationException($"{what}: not within {Limit.TotalSeconds:0} s.\n{said}");
            }

            await Task.Delay(Look);
        }
    }

    public Task UntilAsync(string what, Func<bool> isThere) => UntilAsync(what, () => Task.FromResult(isThere()));

    public void Dispose()
    {
        Worker.Dispose();
        foreach (var seat in Coordinators)
        {
            seat.Dispose();
        }

        NpgsqlConnection.ClearAllPools();
        if (_database is not null)
        {
            Execute($"DROP DATABASE {_database} WITH (FORCE)");
        }

        Directory.Delete(_folder, recursive: true);
    }

    // Whoever lives names the active one in its state folder.
    private async Task<T?> TryAsync<T>(Func<SearchClient, Task<T>> ask, Seat? without = null)
    {
        foreach (var seat in Coordinators.Where(seat => seat != without && !seat.HasExited && !seat.IsFrozen))
        {
            if (CoordinatorEndpoint.TryRead(seat.State) is not { } endpoint || AccessToken.TryLoad(seat.State) is not { } token)
            {
                continue;
            }

            try
            {
                using var client = new SearchClient(new Uri(endpoint.Url), token.Value);
                return await ask(client);
            }
            catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
            {
                // The next one, or the next look.
            }
        }

        return default;
    }

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(_server);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private static string Spec =>
        $$"""
        version: 1
        name: {{Search}}
        workload: { builtin: function, fixed: { function: sphere, measurements: 10000, sleepMilliseconds: 100 } }
        objective: { metric: value, direction: minimize }
        space:
          x: { type: float, min: -5, max: 10 }
        algorithm: { type: random }
        budget: { trials: 2 }
        """;
}
