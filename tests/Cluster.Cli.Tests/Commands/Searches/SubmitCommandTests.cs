using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Tests.Commands.Searches;

public sealed class SubmitCommandTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_name_goes_to_standard_output_and_the_rest_to_standard_error()
    {
        await SpecAsync();

        (await _cli.RunAsync("submit", "x.yaml", "--name", "mine", "--on-duplicate", "rename")).ShouldBe(0);

        _cli.Out.ShouldBe("digits\n");
        _cli.Error.ShouldContain("searchcluster watch digits");
        _cli.Service.Submitted!.OnDuplicate.ShouldBe("rename");
        _cli.Service.Submitted.Overrides!["name"].ShouldBe("mine");
    }

    [Theory]
    [InlineData(SearchLifecycle.Completed, 0)]
    [InlineData(SearchLifecycle.Failed, 8)]
    public async Task Waiting_ends_with_the_outcome(SearchLifecycle end, int exitCode)
    {
        await SpecAsync();
        _cli.Service.SubmitGives = [Sample.Detail(), Sample.Detail(), Sample.Detail(end)];

        (await _cli.RunAsync("submit", "x.yaml", "--wait")).ShouldBe(exitCode);

        _cli.Out.ShouldContain("digits  ");
    }

    [Fact]
    public async Task Without_a_coordinator_the_two_ways_on_are_named()
    {
        await SpecAsync();
        _cli.Connector.IsLive = false;

        (await _cli.RunAsync("submit", "x.yaml")).ShouldBe(5);

        _cli.Error.ShouldContain("searchcluster coordinator");
        _cli.Error.ShouldContain("searchcluster run x.yaml");
    }

    [Fact]
    public async Task Problems_found_by_the_coordinator_are_shown_in_the_file()
    {
        await SpecAsync();
        _cli.Service.Refusal = new ApiProblem(
            "The spec has an error.",
            422,
            "SC1090",
            "no",
            [new SpecProblem("SC1090", "error", "x.yaml", 2, 1, "name", "no such workload")]);

        (await _cli.RunAsync("submit", "x.yaml")).ShouldBe(3);

        _cli.Error.ShouldContain("x.yaml:2:1: error SC1090: no such workload");
        _cli.Error.ShouldContain("    2 | ");
    }

    [Fact]
    public async Task A_search_that_no_worker_can_ever_run_is_not_submitted()
    {
        await SpecAsync();
        await NeedCudaAsync();

        (await _cli.RunAsync("submit", "x.yaml")).ShouldBe(11);

        _cli.Error.ShouldContain("SC2010");
        _cli.Error.ShouldContain("it needs device cuda; there is box-cpu (cpu)");
        _cli.Error.ShouldContain("--wait-for-workers");
        _cli.Service.Submitted.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_submitted_when_told_to_wait_or_when_workers_are_still_to_come(bool isToldToWait)
    {
        await SpecAsync();
        await NeedCudaAsync();
        _cli.Service.Cluster = isToldToWait ? Sample.Cluster : Sample.Cluster with { Workers = [] };

        (await _cli.RunAsync(isToldToWait ? ["submit", "x.yaml", "--wait-for-workers"] : ["submit", "x.yaml"])).ShouldBe(0);

        _cli.Service.Submitted.ShouldNotBeNull();
    }

    private Task NeedCudaAsync() =>
        File.AppendAllTextAsync(
            Path.Combine(_cli.Folder, "x.yaml"), "\nresources: { perTrial: { device: cuda } }\n", TestContext.Current.CancellationToken);

    private async Task SpecAsync() => (await _cli.RunAsync("spec", "new", "x.yaml", "--template", "minimal", "-q")).ShouldBe(0);
}
