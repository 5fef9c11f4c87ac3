namespace SearchCluster.Cli.Tests.EndToEnd.Coordinators;

/// <summary>Commands on a journal in PostgreSQL, without a coordinator: the state folder has no file of searches.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PostgresTests : IDisposable
{
    private const string Variable = "SEARCHCLUSTER_TEST_POSTGRES";
    private readonly RealHarness _real = new();
    private readonly string _name = $"pg-{Guid.NewGuid():N}";

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task A_search_is_run_read_extended_and_deleted()
    {
        var connection = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(
            string.IsNullOrEmpty(connection), $"{Variable} is not set; it holds the connection string of an empty test database.");
        _real.Cli.Variables["SEARCHCLUSTER_POSTGRES"] = connection;
        _real.Cli.Write("branin.yaml", RealHarness.Branin);

        (await _real.RunAsync($"run branin.yaml --name {_name} -q --port 0")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync("list")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain(_name);
        (await _real.RunAsync($"trials {_name} --csv")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.TrimEnd().Split('\n').Length.ShouldBe(7);
        (await _real.RunAsync($"resume {_name} --trials +2 -q")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync($"status {_name} --json")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("\"completed\": 8");
        (await _real.RunAsync($"delete {_name} --yes")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync($"status {_name}")).ShouldBe(4);
    }
}
