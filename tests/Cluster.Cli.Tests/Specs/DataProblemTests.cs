using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Specs;

/// <summary>A check of a spec looks at the columns of its table, where the table is there.</summary>
public sealed class DataProblemTests : IDisposable
{
    private const string Spec = """
        version: 1
        name: base
        workload: { builtin: logistic-regression }
        data: { source: t.csv, target: bought }
        objective: { metric: val/loss, direction: minimize }
        space:
          learningRate: { type: log, min: 0.001, max: 0.1 }
        budget: { trials: 3 }
        """;

    private readonly CliHarness _cli = new();

    public DataProblemTests()
    {
        _cli.Connector.IsLive = false;
        _cli.Write("s.yaml", Spec);
        _cli.Write("t.csv", "id,age,town,bought\n1,33,Rome,yes\n2,41,Oslo,no\n3,29,Rome,yes\n");
    }

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("data.target=bougt", "bougt")]
    [InlineData("data.target=4", "4")]
    [InlineData("data.features=[age, twn]", "twn")]
    [InlineData("data.exclude=[idd]", "idd")]
    [InlineData("data.types={ tonw: category }", "tonw")]
    [InlineData("data.dates={ when: iso }", "when")]
    [InlineData("data.split.groupBy=house", "house")]
    public async Task A_column_that_the_table_does_not_have_is_told(string set, string column)
    {
        (await _cli.RunAsync("spec", "check", "s.yaml", "--set", set)).ShouldBe(3, _cli.Out);

        _cli.Out.ShouldMatch($"error SC3007: t.csv has no column '{column}'(; did you mean|. Its 4 columns:|. They are numbered from 0 to "
            + $"3. Its 4 columns)");
        _cli.Out.ShouldContain("1 error, 0 warnings.");
        _cli.Out.ShouldNotContain("can run");
    }

    [Fact]
    public async Task Its_place_in_the_file_is_told_and_a_dry_run_sees_it_too()
    {
        _cli.Write("s.yaml", Spec.Replace("target: bought", "target: bougt, exclude: [idd]", StringComparison.Ordinal));

        (await _cli.RunAsync("spec", "check", "s.yaml")).ShouldBe(3);
        _cli.Out.ShouldContain("s.yaml:4:32: error SC3007:");
        _cli.Out.ShouldContain("2 errors, 0 warnings.");

        (await _cli.RunAsync("submit", "s.yaml", "--dry-run")).ShouldBe(3);
        _cli.Error.ShouldContain("s.yaml:4:32: error SC3007:");
    }

    [Fact]
    public async Task A_table_that_cannot_be_read_is_told()
    {
        _cli.Write("t.csv", "id,age,bought\n1,33,yes\n2,41\n");

        (await _cli.RunAsync("spec", "check", "s.yaml")).ShouldBe(3);

        _cli.Out.ShouldContain("t.csv:3:1: the row has 2 fields");
    }

    [Fact]
    public async Task The_beginning_of_a_long_table_tells_its_columns()
    {
        _cli.Write("t.csv", "id,age,town,bought\n" + string.Concat(
            Enumerable.Range(0, 80_000).Select(i => $"{i},{i % 90},\"New\nYork\",{(i % 2 == 0 ? "yes" : "no")}\n")));

        (await _cli.RunAsync("spec", "check", "s.yaml")).ShouldBe(0, _cli.Out);
        (await _cli.RunAsync("spec", "check", "s.yaml", "--set", "data.target=sold")).ShouldBe(3);
    }

    [Fact]
    public async Task What_is_right_or_not_here_can_run()
    {
        (await _cli.RunAsync("spec", "check", "s.yaml", "--set", "data.exclude=[0]", "--strict")).ShouldBe(0, _cli.Out);
        _cli.Out.ShouldContain("search base can run.");

        (await _cli.RunAsync("spec", "check", "s.yaml", "--set", "data.source=elsewhere.csv", "--set", "data.target=x")).ShouldBe(0);
        _cli.Out.ShouldContain("is not on this machine");
    }
}
