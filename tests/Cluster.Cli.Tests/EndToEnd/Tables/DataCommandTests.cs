using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SearchCluster.Cli.Data;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.TestKit.Data;

namespace SearchCluster.Cli.Tests.EndToEnd.Tables;

[Trait("Category", "EndToEnd")]
public sealed class DataCommandTests : IDisposable
{
    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task A_search_trains_on_a_data_set_by_its_name()
    {
        _real.Cli.Write("flowers.csv", Flowers());
        _real.Cli.Write("flowers.yaml", """
            version: 1
            name: flowers
            workload: { builtin: mlp, fixed: { epochs: 3, hiddenSize: 8, optimizer: sgd } }
            data: { source: registered:flowers }
            objective: { metric: val/accuracy, direction: maximize }
            space: { learningRate: { type: log, min: 0.01, max: 1 } }
            budget: { trials: 2 }
            """);

        (await _real.RunAsync("data add flowers flowers.csv")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldBe($"{Hash(Flowers())}  flowers\n");
        _real.Cli.Error.ShouldContain("data: { source: registered:flowers }");
        (await _real.RunAsync("run flowers.yaml --slots 1")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync("sanity flowers.yaml")).ShouldBeOneOf(0, 9);
    }

    [Fact]
    public async Task A_search_on_a_name_that_is_not_there_fails_with_the_next_step()
    {
        _real.Cli.Write("lost.yaml", """
            version: 1
            name: lost
            workload: { builtin: mlp, fixed: { epochs: 1, hiddenSize: 8, optimizer: sgd } }
            data: { source: registered:lost }
            objective: { metric: val/accuracy, direction: maximize }
            space: { learningRate: { type: log, min: 0.01, max: 1 } }
            budget: { trials: 1 }
            """);

        (await _real.RunAsync("run lost.yaml --slots 1")).ShouldBe(4);

        (_real.Cli.Out + _real.Cli.Error).ShouldContain("searchcluster data add lost PATH");
    }

    [Fact]
    public async Task Changed_data_are_told_file_by_file_and_not_used()
    {
        Directory.CreateDirectory(Path.Combine(_real.Cli.Folder, "folder"));
        foreach (var name in (string[])["a.csv", "b.csv", "c.csv"])
        {
            _real.Cli.Write("folder/" + name, Flowers());
        }

        (await _real.RunAsync("data add tables folder --format csv")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync("data verify")).ShouldBe(0);
        _real.Cli.Out.ShouldBe("ok       tables\n");

        _real.Cli.Write("folder/a.csv", Flowers() + "1,2,3\n");
        File.Delete(Path.Combine(_real.Cli.Folder, "folder", "b.csv"));
        _real.Cli.Write("folder/d.csv", Flowers());

        (await _real.RunAsync("data verify tables --json")).ShouldBe(9);
        using var verdict = JsonDocument.Parse(_real.Cli.Out);
        verdict.RootElement
            .GetProperty("dataSets")[0]
            .GetProperty("differences")
            .EnumerateArray()
            .Select(one => one.GetString())
            .ShouldBe(["changed: a.csv", "missing: b.csv", "new: d.csv"]);
        (await _real.RunAsync("data describe tables")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("SC3018");
        _real.Cli.Error.ShouldContain("3 file(s) differ");
    }

    [Fact]
    public async Task Names_are_kept_until_they_are_replaced_or_removed()
    {
        _real.Cli.Write("one.csv", Flowers());
        _real.Cli.Write("two.csv", Flowers() + "1,2,a\n");

        (await _real.RunAsync("data add rows one.csv")).ShouldBe(0);
        (await _real.RunAsync("data add rows one.csv")).ShouldBe(0, "the same again changes nothing");
        (await _real.RunAsync("data add rows two.csv")).ShouldBe(7);
        _real.Cli.Error.ShouldContain($"{DataCodes.NameTaken}: Data set rows is registered already: ");
        _real.Cli.Error.ShouldContain("one.csv");
        (await _real.RunAsync("data add rows two.csv --replace")).ShouldBe(0);
        (await _real.RunAsync("data list --json")).ShouldBe(0);
        using var list = JsonDocument.Parse(_real.Cli.Out);
        list.RootElement.GetProperty("dataSets")[0].GetProperty("sha256").GetString().ShouldBe(Hash(Flowers() + "1,2,a\n"));

        (await _real.RunAsync("data remove rows")).ShouldBe(0);
        File.Exists(Path.Combine(_real.Cli.Folder, "two.csv")).ShouldBeTrue();
        (await _real.RunAsync("data verify rows")).ShouldBe(4);
    }

    [Theory]
    [InlineData("data add Rows! flowers.csv", 2, "is no name of a data set")]
    [InlineData("data add rows nowhere.csv", 4, "nowhere.csv is not there")]
    [InlineData("data add rows flowers.csv --sha256 00", 3, "SC3018")]
    [InlineData("data add rows odd", 3, "recognises; name its layout with data.format. odd: 1 file is no image that is read")]
    [InlineData("data add rows flowers.csv --format parquet", 2, "must be one of csv")]
    [InlineData("data fetch mnits", 4, "Did you mean \"mnist\"?")]
    [InlineData("data fetch mnist --from ftp://example.org", 2, "must be an http or https address")]
    [InlineData("data describe flwers", 4, "neither a registered data set nor a file")]
    public async Task Mistakes_are_one_sentence(string line, int exitCode, string text)
    {
        _real.Cli.Write("flowers.csv", Flowers());
        Directory.CreateDirectory(Path.Combine(_real.Cli.Folder, "odd"));
        _real.Cli.Write("odd/weights.bin", "no data");

        (await _real.RunAsync(line)).ShouldBe(exitCode);

        _real.Cli.Error.ShouldContain(text);
        _real.Cli.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_table_is_described_with_its_gaps()
    {
        _real.Cli.Write("houses.csv", "rooms,town,price\n1,A,10\n2,NA,20\n,B,30\n4,B,40\nx,A,50\n");

        (await _real.RunAsync("data describe houses.csv --missing-text NA --target town --json")).ShouldBe(0, _real.Cli.Error);

        using var report = JsonDocument.Parse(_real.Cli.Out);
        var columns = report.RootElement.GetProperty("columns").EnumerateArray().ToArray();
        columns[0].GetProperty("type").GetString().ShouldBe("number");
        columns[0].GetProperty("missing").GetInt32().ShouldBe(1);
        columns[0].GetProperty("unreadable").GetInt32().ShouldBe(1);
        columns[0].GetProperty("mean").GetDouble().ShouldBe(7.0 / 3, 1e-9);
        columns[1].GetProperty("type").GetString().ShouldBe("category");
        columns[1].GetProperty("missing").GetInt32().ShouldBe(1);
        columns[2].GetProperty("deviation").GetDouble().ShouldBe(Math.Sqrt(200), 1e-9);
        report.RootElement
            .GetProperty("classes")
            .EnumerateArray()
            .Select(entry => $"{entry.GetProperty("label").GetString()} {entry.GetProperty("count").GetInt64()}")
            .ShouldBe(["A 2", "B 2"]);
    }

    [Fact]
    public async Task Digits_are_described_without_a_file()
    {
        (await _real.RunAsync("data describe digits")).ShouldBe(0, _real.Cli.Error);

        _real.Cli.Out.ShouldContain("rows       1,797 of 65 columns");
        _real.Cli.Out.ShouldContain("3               183  ████████████████████████████████████████ 10.2 %");
    }

    [Fact]
    public async Task A_public_data_set_is_fetched_registered_and_removed_with_its_files()
    {
        var folder = Path.GetDirectoryName(RealData.Require("fashion-mnist/LICENSE"))!;
        await using var server = await FileServer.StartAsync();
        var set = PublicDataSets.All.Single(set => set.Name == "fashion-mnist");
        foreach (var file in set.Files)
        {
            server.With("mirror/" + file.Name, await File.ReadAllBytesAsync(Path.Combine(folder, file.Name)));
        }

        server.BreakOff = 1;
        (await _real.RunAsync($"data fetch fashion-mnist --from {server.Address}mirror --json")).ShouldBe(0, _real.Cli.Error);

        using var fetched = JsonDocument.Parse(_real.Cli.Out);
        var path = fetched.RootElement.GetProperty("dataSet").GetProperty("path").GetString()!;
        Directory.GetFiles(path).Select(Path.GetFileName).Order().ShouldBe(set.Files.Select(file => file.Name).Order());
        (await _real.RunAsync("data describe fashion-mnist")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("60,000 to train, 0 to validate, 10,000 to test");

        var requests = server.Requests.Count;
        (await _real.RunAsync($"data fetch fashion-mnist --from {server.Address}mirror/")).ShouldBe(0, _real.Cli.Error);
        server.Requests.Count.ShouldBe(requests, "what is here already is not fetched again");
        (await _real.RunAsync("data remove fashion-mnist")).ShouldBe(0);
        Directory.Exists(path).ShouldBeFalse();
    }

    [Fact]
    public async Task A_mirror_without_the_files_is_named()
    {
        await using var server = await FileServer.StartAsync();

        (await _real.RunAsync($"data fetch iris --from {server.Address}")).ShouldBe(5);

        _real.Cli.Error.ShouldContain($"{DataCodes.NotFetched}: Data set iris was not fetched: ");
        _real.Cli.Error.ShouldContain($"{server.Address}iris.csv: HTTP 404");
        Directory.Exists(Path.Combine(_real.State, "data", "iris")).ShouldBeFalse("nothing has arrived");
        (await _real.RunAsync("data list --json")).ShouldBe(0);
        _real.Cli.Out.ShouldNotContain("iris");
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_named()
    {
        Directory.CreateDirectory(_real.State);
        await File.WriteAllTextAsync(Path.Combine(_real.State, "data"), "a file", TestContext.Current.CancellationToken);

        (await _real.RunAsync("data fetch iris --from http://127.0.0.1:1/")).ShouldBe(4);

        _real.Cli.Error.ShouldContain($"{DataCodes.FetchUnwritable}: Data set iris cannot be written to ");
        _real.Cli.Error.ShouldContain(Path.Combine(_real.State, "data"));
    }

    [Fact]
    public void The_hashes_of_public_files_are_those_of_real_data()
    {
        var root = Path.GetDirectoryName(RealData.Require("SHA256SUMS"))!;
        var known = File.ReadAllLines(Path.Combine(root, "SHA256SUMS")).Select(line => line.Split("  ", 2)[0]).ToHashSet();

        PublicDataSets.All
            .SelectMany(set => set.Files)
            .Where(file => file.Algorithm == HashAlgorithmName.SHA256)
            .ShouldAllBe(file => known.Contains(file.Hash));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Flowers()
    {
        var text = new StringBuilder("length,width,kind\n");
        for (var row = 0; row < 60; row++)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{(row % 3 * 2) + (row % 7 * 0.1)},{(row % 3) + (row % 5 * 0.1)},{"abc"[row % 3]}\n");
        }

        return text.ToString();
    }
}
