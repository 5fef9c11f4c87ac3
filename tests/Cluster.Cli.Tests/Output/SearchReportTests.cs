using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Status;

namespace SearchCluster.Cli.Tests.Output;

/// <summary>The page that the coordinator gives to everybody says what <c>status</c> prints.</summary>
public sealed class SearchReportTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData(SearchLifecycle.Completed)]
    [InlineData(SearchLifecycle.Stopped)]
    [InlineData(SearchLifecycle.Failed)]
    public async Task Of_a_search_that_is_over_both_are_the_same(SearchLifecycle state)
    {
        _cli.Service.With(Troubled(state));

        await _cli.RunAsync("status", "digits");

        (await ReadAsync("/lab/.searchcluster")).ShouldBe(_cli.Out.TrimStart('\n'));
    }

    [Theory]
    [InlineData(SearchLifecycle.Running, "searchcluster watch digits")]
    [InlineData(SearchLifecycle.Finishing, "searchcluster watch digits")]
    [InlineData(SearchLifecycle.Paused, "searchcluster resume digits")]
    [InlineData(SearchLifecycle.Interrupted, "searchcluster resume digits")]
    public async Task Of_an_open_search_nothing_is_missing_but_the_bar(SearchLifecycle state, string next)
    {
        _cli.Service.With(Troubled(state));

        await _cli.RunAsync("status", "digits");
        var page = await ReadAsync(null);

        var words = _cli.Out.Split([' ', '\n', '█', '░'], StringSplitOptions.RemoveEmptyEntries);
        words.Length.ShouldBeGreaterThan(40);
        words.Where(word => !page.Contains(word, StringComparison.Ordinal)).ShouldBeEmpty(page);
        page.ShouldContain("3 failed trials\n  2 × out of memory, first t0004: ");
        page.ShouldContain("1 warning\n  SC3012 The data changed. (told by 3 attempts)\n");
        page.ShouldContain("\nwaits: The journal takes no writes: its disk is full.\n");
        page.ShouldContain($"\nnext         {next}\n");
    }

    private static SearchDetail Troubled(SearchLifecycle state) => Sample.Detail(state) with
    {
        Failures =
        [
            new(TrialFailureKind.OutOfMemory, null, 2, new(4), "The attempt needed more memory than there is."),
            new(TrialFailureKind.WorkloadError, "DivideByZeroException", 1, new(6), "Attempted to divide by zero."),
        ],
        Warnings = [new("The data changed.", "SC3012", 3, WorkItem.Trial(new(2)), ImpatientClock.Start, ImpatientClock.Start)],
        Trouble = "The journal takes no writes: its disk is full.",
    };

    private Task<string> ReadAsync(string? folder) =>
        SearchReport.ReadAsync(_cli.Service, Sample.Digits, folder, TestContext.Current.CancellationToken);
}
