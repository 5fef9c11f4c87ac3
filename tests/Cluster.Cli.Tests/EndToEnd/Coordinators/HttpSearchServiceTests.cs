using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Workloads;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Tests.EndToEnd.Coordinators;

/// <summary>The HTTP client against a real coordinator.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HttpSearchServiceTests : IAsyncLifetime
{
    private static readonly SearchId Branin = new("branin");

    private readonly RealHarness _real = new();
    private ISearchConnection _host = null!;
    private ISearchConnection _http = null!;

    public async ValueTask InitializeAsync()
    {
        var state = StateFolder.Resolve(_real.State);
        _host = await _real.Hosting.StartAsync(
            state, new HostRequest(1, 0, "cpu", NeedsJournal: false), UserWorkloads.None, CancellationToken.None);
        _http = (await _real.Connector.FindLiveAsync(new(_real.State, null, null), CancellationToken.None)).ShouldNotBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        await _http.DisposeAsync();
        await _host.DisposeAsync();
        _real.Dispose();
    }

    [Fact]
    public async Task The_live_coordinator_of_the_folder_is_found_and_says_the_same_as_in_process()
    {
        _http.Kind.ShouldBe(ConnectionKind.Http);
        _http.Place.ShouldBe(_host.Place);

        var submitted = await _http.Service.SubmitAsync(new SubmitRequest(RealHarness.Branin, "branin.yaml"), CancellationToken.None);
        submitted.SearchId.ShouldBe(Branin);
        var end = await EndAsync();

        (await _host.Service.GetAsync(Branin, CancellationToken.None)).ShouldBe(end);
        (await _http.Service.ListAsync(CancellationToken.None)).Searches.Single().ShouldBe(end.Summary);
        var page = await _http.Service.GetTrialsAsync(
            new SearchQueries.GetTrials(Branin, 2, 3, IncludeCurve: true), CancellationToken.None);
        page.ShouldBe(
            await _host.Service.GetTrialsAsync(new SearchQueries.GetTrials(Branin, 2, 3, IncludeCurve: true), CancellationToken.None));
        page.Trials.Select(t => t.TrialId.Number).ShouldBe([2, 3, 4]);
        (await _http.Service.GetSpecAsync(Branin, CancellationToken.None)).Text.ShouldBe(RealHarness.Branin);
        (await _http.Service.GetTraceAsync(new(Branin), CancellationToken.None)).TraceId.ShouldBe(end.TraceId);
        (await _http.Service.GetClusterAsync(CancellationToken.None)).Workers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Commands_travel_with_their_bodies()
    {
        await _http.Service.SubmitAsync(new SubmitRequest(RealHarness.Branin, "branin.yaml"), CancellationToken.None);
        await EndAsync();

        (await _http.Service.ResumeAsync(Branin, new ResumeRequest(Trials: 2, Concurrency: 1), CancellationToken.None)).AlreadyDone
            .ShouldBeFalse();
        var extended = await EndAsync();
        extended.Budget.Trials.ShouldBe(8);
        extended.Concurrency.ShouldBe(1);

        var refused = await Should.ThrowAsync<SearchServiceException>(() => _http.Service.PauseAsync(Branin, CancellationToken.None));
        refused.Problem.Status.ShouldBe(409);
    }

    [Fact]
    public async Task A_refusal_carries_the_coordinators_own_words()
    {
        var missing = await Should.ThrowAsync<SearchServiceException>(() => _http.Service.GetAsync(new("nope"), CancellationToken.None));
        missing.Problem.Status.ShouldBe(404);
        missing.Problem.Code.ShouldStartWith("SC");
        missing.Message.ShouldContain("nope");

        var invalid = await Should.ThrowAsync<SearchServiceException>(
            () => _http.Service.SubmitAsync(new SubmitRequest("version: 1", "x.yaml"), CancellationToken.None));
        invalid.Problem.Problems!.Count.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Another_token_is_refused_with_code_6()
    {
        var file = _real.Cli.Write("token", AccessToken.Create().Value);

        (await _real.RunAsync($"list --coordinator {_host.Place} --token-file {file}")).ShouldBe(6);

        _real.Cli.Error.ShouldContain("SC6001");
    }

    [Fact]
    public async Task A_second_run_on_the_folder_names_the_coordinator()
    {
        _real.Cli.Write("branin.yaml", RealHarness.Branin);

        (await _real.RunAsync("run branin.yaml")).ShouldBe(7);
        _real.Cli.Error.ShouldContain(_host.Place);

        (await _real.RunAsync("submit branin.yaml --wait --json")).ShouldBe(0, _real.Cli.Error);
    }

    [Fact]
    public async Task Nobody_at_the_address_ends_with_code_5()
    {
        (await _real.RunAsync("list --coordinator http://127.0.0.1:1")).ShouldBe(5);

        _real.Cli.Error.ShouldContain("SC5001: The coordinator at http://127.0.0.1:1/ cannot be reached");
        _real.Cli.Error.ShouldContain("searchcluster coordinator");
    }

    private async Task<SearchDetail> EndAsync()
    {
        SearchDetail? detail = null;
        await Patience.UntilAsync(async () => Rendering.SearchFollower.IsOver(
            detail = await _http.Service.GetAsync(Branin, TestContext.Current.CancellationToken)));
        return detail!;
    }
}
