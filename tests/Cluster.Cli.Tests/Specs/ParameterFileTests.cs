using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Specs;

/// <summary>A file of parameters that cannot be read is told in our own words, with its place, wherever it is named.</summary>
public sealed class ParameterFileTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public ParameterFileTests() => _cli.Connector.IsLive = false;

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("{\"y\":1,\n\"y\":2}", "line 2, column 1: the name 'y' occurs twice")]
    [InlineData("{\"y\":\"\\ud800\"}", "line 1, column 6: an escape \\u names half a character")]
    [InlineData("{\"y\":1,}", "line 1, column 8: a ',' stands before this '}'")]
    [InlineData("{\"y\":1} x", "the text goes on behind its end")]
    [InlineData("{\"y\":1e400}", "1e400' is too large for a number")]
    [InlineData("// c\n{\"y\":1}", "JSON has no comments")]
    [InlineData("", "the text is empty")]
    [InlineData("{\"y\"", "never closed")]
    public async Task What_is_wrong_with_it_is_told(string json, string words)
    {
        _cli.Write("bad.json", json);
        _cli.Write("plain.yaml", EndToEnd.RealHarness.Branin);
        _cli.Write("named.yaml", EndToEnd.RealHarness.Branin + "\nenqueue: bad.json\n");

        foreach (var line in (string[])["spec check plain.yaml --params bad.json", "spec check named.yaml",
            "spec check plain.yaml --set enqueue=bad.json"])
        {
            _cli.Clear();
            (await _cli.RunAsync(line.Split(' '))).ShouldBe(3, line);

            _cli.Error.ShouldContain("SC4201");
            _cli.Error.ShouldContain("bad.json");
            _cli.Error.ShouldContain(words);
            foreach (var raw in (string[])["LineNumber", "isFinalBlock", "same key", "SC0001", "reader options"])
            {
                _cli.Error.ShouldNotContain(raw);
            }
        }
    }

    [Fact]
    public async Task One_that_is_not_there_is_named_as_it_was_written()
    {
        _cli.Write("plain.yaml", EndToEnd.RealHarness.Branin);

        (await _cli.RunAsync("spec", "check", "plain.yaml", "--params", "gone.json")).ShouldBe(4);

        _cli.Error.ShouldContain("gone.json is not there.");
    }

    [Fact]
    public async Task A_mark_of_the_byte_order_is_no_fault()
    {
        _cli.Write("plain.yaml", EndToEnd.RealHarness.Branin);
        _cli.Write("mark.json", "\uFEFF{\"x\": 1, \"y\": 2}");

        (await _cli.RunAsync("spec", "explain", "plain.yaml", "--params", "mark.json")).ShouldBe(0, _cli.Error);

        _cli.Out.ShouldContain("1 enqueued configuration");
    }
}
