using System.Text.Json;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Json;

/// <summary>The JSON documents are a contract: names and shapes stay within a major version.</summary>
public sealed class JsonDocumentTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public JsonDocumentTests()
    {
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed));
        _cli.Service.With(Sample.Detail(name: "running"));
        _cli.Service.Trials.Add(Sample.Trial(0));
        _cli.Service.Trials.Add(Sample.Trial(1, TrialState.Failed, objective: double.PositiveInfinity));
        _cli.Service.Trials.Add(Sample.Trial(2, objective: double.NaN));
    }

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("status digits", "status-completed.json")]
    [InlineData("status running", "status-running.json")]
    [InlineData("status", "cluster.json")]
    [InlineData("list", "list.json")]
    [InlineData("trials digits", "trials.json")]
    [InlineData("best digits", "best.json")]
    [InlineData("pause digits", "command.json")]
    public async Task A_document_has_its_golden_shape(string line, string golden)
    {
        (await _cli.RunAsync([.. line.Split(' '), "--json"])).ShouldBe(0);

        _cli.Error.ShouldBeEmpty();
        Golden.ShouldMatch(_cli.Out, golden);
    }

    [Fact]
    public async Task Non_finite_numbers_are_null_and_named_beside()
    {
        await _cli.RunAsync("trials", "digits", "--json");

        using var document = JsonDocument.Parse(_cli.Out);
        var trials = document.RootElement.GetProperty("trials");
        trials[1].GetProperty("objective").ValueKind.ShouldBe(JsonValueKind.Null);
        trials[1].GetProperty("nonFinite").GetProperty("objective").GetString().ShouldBe("+inf");
        trials[2].GetProperty("nonFinite").GetProperty("val/loss").GetString().ShouldBe("nan");
        trials[0].TryGetProperty("nonFinite", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_error_is_a_document_on_standard_error()
    {
        (await _cli.RunAsync("status", "nope", "--json")).ShouldBe(4);

        _cli.Out.ShouldBeEmpty();
        Golden.ShouldMatch(_cli.Error, "error.json");
    }

    [Fact]
    public async Task The_version_names_its_schema()
    {
        (await _cli.RunAsync("version", "--json")).ShouldBe(0);

        using var document = JsonDocument.Parse(_cli.Out);
        document.RootElement.GetProperty("schema").GetString().ShouldBe("searchcluster/version@1");
    }

    [Fact]
    public async Task Watch_writes_one_line_for_each_change()
    {
        _cli.Service.With(Sample.Detail(), Sample.Detail(), Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("watch", "digits", "--json")).ShouldBe(0);

        var lines = _cli.Out.TrimEnd().Split('\n');
        lines.Length.ShouldBe(2);
        lines.ShouldAllBe(line => line.StartsWith("{\"schema\":\"searchcluster/status@1\"", StringComparison.Ordinal));
    }
}
