using SearchCluster.Launch.Processes;

namespace SearchCluster.Launch.Tests.Processes;

public sealed class LineReaderTests
{
    [Fact]
    public async Task Lines_come_one_by_one_and_the_last_needs_no_end() =>
        (await ReadAsync("one\r\ntwo\n\nthree")).ShouldBe(["one", "two", "", "three"]);

    [Fact]
    public async Task A_line_without_end_takes_bounded_memory()
    {
        var lines = await ReadAsync(new string('x', 1_000_000) + "\nnext\n");

        lines.Select(line => line.Length).ShouldBe([LineReader.LongestLine, 4]);
    }

    private static async Task<List<string>> ReadAsync(string text)
    {
        var lines = new List<string>();
        await LineReader.ReadAsync(new StringReader(text), lines.Add);
        return lines;
    }
}
