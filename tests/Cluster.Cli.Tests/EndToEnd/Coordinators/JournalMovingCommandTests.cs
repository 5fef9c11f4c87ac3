using System.Text.Json;
using SearchCluster.Cli.Failures;

namespace SearchCluster.Cli.Tests.EndToEnd.Coordinators;

/// <summary><c>journal export</c> and <c>journal import</c> as a person calls them.</summary>
[Trait("Category", "EndToEnd")]
public sealed class JournalMovingCommandTests : IDisposable
{
    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task A_search_goes_to_another_folder_where_it_is_shown_and_extended()
    {
        var file = await ExportedAsync();
        _real.Cli.Out.ShouldContain("branin: ");
        _real.Cli.Error.ShouldContain("journal import searches.jsonl");
        (await _real.RunAsync("best branin")).ShouldBe(ExitCodes.Done);
        var best = _real.Cli.Out;

        (await OtherAsync("journal", "import", file)).ShouldBe(ExitCodes.Done);

        _real.Cli.Out.ShouldContain("branin: ");
        (await OtherAsync("best", "branin")).ShouldBe(ExitCodes.Done);
        _real.Cli.Out.ShouldBe(best);
        (await OtherAsync("journal", "import", file, "--json")).ShouldBe(ExitCodes.Done);
        using var document = JsonDocument.Parse(_real.Cli.Out);
        document.RootElement.GetProperty("searches")[0].GetProperty("addedEvents").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task What_cannot_be_imported_is_told_with_a_code_and_a_way_on()
    {
        var file = await ExportedAsync();
        await File.WriteAllTextAsync(file + ".cut", (await File.ReadAllTextAsync(file))[..^20]);

        (await OtherAsync("journal", "import", file + ".cut")).ShouldBe(ExitCodes.InvalidInput);
        _real.Cli.Error.ShouldContain(StorageCodes.Archive);
        _real.Cli.Error.ShouldContain("Nothing was imported");
        (await OtherAsync("journal", "import", file + ".none")).ShouldBe(ExitCodes.InvalidInput);

        var other = _real.Cli.Write("other.yaml", RealHarness.Branin.Replace("trials: 6", "trials: 2", StringComparison.Ordinal));
        (await OtherAsync("run", other)).ShouldBe(ExitCodes.Done);
        (await OtherAsync("journal", "import", file)).ShouldBe(ExitCodes.Conflict);
        _real.Cli.Error.ShouldContain(StorageCodes.ArchiveConflict);
        _real.Cli.Error.ShouldContain("delete branin");
    }

    [Fact]
    public async Task A_search_that_is_not_there_is_not_exported()
    {
        await ExportedAsync();

        var file = Path.Combine(_real.Cli.Folder, "nothing.jsonl");
        (await _real.RunAsync($"journal export nothing --out {file}")).ShouldBe(ExitCodes.NotFound);

        _real.Cli.Error.ShouldContain("'nothing'");
        File.Exists(file).ShouldBeFalse();
    }

    private async Task<string> ExportedAsync()
    {
        var spec = _real.Cli.Write("branin.yaml", RealHarness.Branin);
        (await _real.RunAsync($"run {spec}")).ShouldBe(ExitCodes.Done, _real.Cli.Error);
        var file = Path.Combine(_real.Cli.Folder, "searches.jsonl");
        (await _real.RunAsync($"journal export --out {file}")).ShouldBe(ExitCodes.Done, _real.Cli.Error);
        return file;
    }

    private Task<int> OtherAsync(params string[] line)
    {
        _real.Cli.Clear();
        return _real.Cli.RunAsync(_real.Connector, [.. line, "--state", Path.Combine(_real.Cli.Folder, "other")]);
    }
}
