using System.Globalization;
using Npgsql;
using SearchCluster.TestKit.Databases;

namespace SearchCluster.Integration.Tests.Faults;

/// <summary>Two coordinators on one PostgreSQL, and the active one is killed or stands still in the middle of a search.</summary>
[Trait("Category", "Integration")]
[Trait("Promise", "R17")]
public sealed class StandbyTests : IAsyncLifetime
{
    private const int Superseded = 13;
    private const int Trials = 12;

    private readonly Deployment _deployment = new();
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _deployment.Variables["SEARCHCLUSTER_POSTGRES"] = _database.ConnectionString;
        _deployment.Variables["SEARCHCLUSTER_SHARED"] = Path.Combine(_deployment.Folder, "shared");
    }

    public async ValueTask DisposeAsync()
    {
        await _deployment.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_standby_goes_on_with_the_search_and_no_trial_begins_anew(bool standsStill)
    {
        var first = await StartAsync("first", "\"searches\"");
        var second = await StartAsync("second", "\"standsBy\":true");
        var worker = _deployment.StartOn(null, "worker", State("first"), "worker", "--name", "w", "--slots", "2", "--device", "cpu");
        var spec = _deployment.WriteFile("s.yaml", SpecTexts.Function("s", Trials, measurements: 10, sleepMilliseconds: 200));
        (await RunAsync("second", "submit", spec)).ExitCode.ShouldBe(0, _deployment.Describe());
        await _deployment.UntilAsync(() => Events() > 20, "trials report", first, second, worker);

        if (standsStill)
        {
            first.Freeze();
        }
        else
        {
            await first.KillAsync();
        }

        await _deployment.UntilAsync(() => Epoch() == 2, "the second one has the lease", second, worker);
        var before = Events();
        await _deployment.UntilAsync(() => Events() > before, "reports are taken again", second, worker);
        if (standsStill)
        {
            first.Thaw();
            (await first.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(_deployment.Describe());
            first.ExitCode.ShouldBe(Superseded, _deployment.Describe());
            first.Error.ShouldContain("another coordinator has taken over");
            first.Error.ShouldContain(ProblemCodes.CoordinatorSuperseded);
        }

        (await RunAsync("second", "watch", "s")).ExitCode.ShouldBe(0, _deployment.Describe());
        var trials = await RunAsync("second", "trials", "s", "--csv");
        trials.Output.Split('\n').Count(line => line.Contains(",completed,", StringComparison.Ordinal)).ShouldBe(Trials, trials.Output);
        Ask<long>("SELECT count(*) FROM journal WHERE manifest = 'e-started'").ShouldBe(Trials, "no healthy trial begins anew");
        Ask<long>("SELECT count(*) - count(DISTINCT (persistence_id, sequence_number)) FROM journal").ShouldBe(0);
        Ask<long>("SELECT count(DISTINCT writer_uuid) FROM journal WHERE persistence_id = 'search-s'").ShouldBeGreaterThan(1);
        Ask<long>(Interleaved).ShouldBe(0, "each writer's events lie together");
    }

    [Fact]
    public async Task One_with_another_shared_folder_cannot_stand_by()
    {
        await StartAsync("first", "\"searches\"");
        _deployment.Variables["SEARCHCLUSTER_SHARED"] = Path.Combine(_deployment.Folder, "elsewhere");

        var stranger = Start("stranger");

        (await stranger.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(_deployment.Describe());
        stranger.ExitCode.ShouldBe(7, _deployment.Describe());
        stranger.Error.ShouldContain("Give both the same shared folder: --shared DIR.");
        stranger.Error.ShouldContain(ProblemCodes.JournalHeld);
        File.Exists(Path.Combine(_deployment.Folder, "elsewhere", "token")).ShouldBeFalse("it makes no secrets of its own");
    }

    // Searches in which some writer's events lie between those of another: there the writer changes more often than there are others.
    private const string Interleaved = """
        SELECT count(*) FROM (
          SELECT count(*) FILTER (WHERE writer_uuid <> before) AS changes, count(DISTINCT writer_uuid) AS writers FROM (
            SELECT persistence_id, writer_uuid, lag(writer_uuid) OVER (PARTITION BY persistence_id ORDER BY sequence_number) AS before
            FROM journal) AS one GROUP BY persistence_id) AS two WHERE changes <> writers - 1
        """;

    private string State(string name) => Path.Combine(_deployment.Folder, name);

    private SearchClusterProcess Start(string name) => _deployment.StartOn(
        null,
        name,
        State(name),
        "coordinator",
        "--json",
        "--port",
        "0",
        "--cluster-port",
        FreePort().ToString(CultureInfo.InvariantCulture));

    private async Task<SearchClusterProcess> StartAsync(string name, string says)
    {
        var process = Start(name);
        await _deployment.UntilAsync(
            () => process.Output.Contains(says, StringComparison.Ordinal), $"{name} says {says}", process);
        return process;
    }

    private async Task<SearchClusterProcess> RunAsync(string state, params string[] arguments)
    {
        var process = _deployment.StartOn(null, arguments[0], State(state), arguments);
        (await process.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(_deployment.Describe());
        return process;
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        socket.Start();
        return ((System.Net.IPEndPoint)socket.LocalEndpoint).Port;
    }

    private long Events() => Ask<long>("SELECT count(*) FROM journal");

    private long Epoch() => Ask<long>("SELECT epoch FROM searchcluster_lease");

    private T Ask<T>(string sql)
    {
        using var connection = new NpgsqlConnection(_database.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }
}
