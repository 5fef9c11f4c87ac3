using System.Net;
using System.Text.Json.Nodes;

namespace SearchCluster.Coordinator.Tests.Http;

public sealed class SearchApiTests
{
    [Fact]
    public async Task A_search_runs_to_its_end_with_its_ensemble()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path, workerSlots: 4);

        var response = await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("whole", trials: 12));
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        response.Headers.Location!.ToString().ShouldBe("/api/v1/searches/whole");
        var detail = await WhenOverAsync(coordinator, "whole");

        detail.Summary.State.ShouldBe(SearchLifecycle.Completed);
        detail.Summary.Counts.Completed.ShouldBe(12);
        detail.EnsembleState.ShouldBe(EnsembleProgress.Built);
        detail.Ensemble.ShouldNotBeNull().Members.Count.ShouldBe(3);
        File.ReadAllText(Path.Combine(folder.Path, "searches", "whole", "spec.yaml")).ShouldBe(TestCoordinator.Yaml("whole", 12));
    }

    [Fact]
    public async Task Lists_and_pages()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path, workerSlots: 2);
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("first", trials: 12));
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("second"));
        await WhenOverAsync(coordinator, "first");

        var list = await coordinator.GetAsync<SearchList>("/api/v1/searches");
        var page = await coordinator.GetAsync<TrialPage>("/api/v1/searches/first/trials?from=5&limit=4&curve=true");
        var spec = await coordinator.GetAsync<SearchSpecView>("/api/v1/searches/first/spec");
        var cluster = await coordinator.GetAsync<ClusterView>("/api/v1/cluster");

        list.Searches.Select(search => search.SearchId.Value).ShouldBe(["first", "second"]);
        page.Total.ShouldBe(12);
        page.Trials.Select(trial => trial.TrialId.Number).ShouldBe([5, 6, 7, 8]);
        page.Trials[0].Curve.ShouldNotBeNull().ShouldHaveSingleItem();
        spec.Text.ShouldBe(TestCoordinator.Yaml("first", 12));
        cluster.Workers.ShouldHaveSingleItem().Worker.Slots.ShouldBe(2);
        cluster.Searches.ShouldBe(2);
    }

    [Theory]
    [InlineData("/api/v1/searches?limt=5", "There is no parameter \"limt\". This address takes no parameters.")]
    [InlineData(
        "/api/v1/searches/any/trials?from=1&limt=5",
        "There is no parameter \"limt\". Did you mean \"limit\"? This address takes from, limit, curve.")]
    [InlineData(
        "/api/v1/searches/any/trials?From=1",
        "There is no parameter \"From\". Did you mean \"from\"? This address takes from, limit, curve.")]
    public async Task A_parameter_that_nobody_reads_is_refused(string address, string detail)
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);

        var response = await coordinator.Client.GetAsync(address);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await TestCoordinator.ReadAsync<ApiProblem>(response)).Detail.ShouldBe(detail);
    }

    [Fact]
    public async Task A_deleted_search_leaves_no_row_and_no_file_and_its_name_is_free()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("gone"));

        (await coordinator.Client.DeleteAsync("/api/v1/searches/gone")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await coordinator.PostAsync("/api/v1/searches/gone/stop", new StopRequest(StopMode.Now));
        var first = await coordinator.Client.DeleteAsync("/api/v1/searches/gone");
        var second = await coordinator.Client.DeleteAsync("/api/v1/searches/gone");

        first.StatusCode.ShouldBe(HttpStatusCode.OK, await first.Content.ReadAsStringAsync());
        (await TestCoordinator.ReadAsync<SearchReplies.SearchRemoved>(second)).AlreadyDone.ShouldBeTrue();
        (await coordinator.Client.DeleteAsync("/api/v1/searches/never")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Directory.Exists(Path.Combine(folder.Path, "searches", "gone")).ShouldBeFalse();
        await using (var journal = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Path.Combine(folder.Path, "journal.db")};Mode=ReadOnly;Pooling=False"))
        {
            await journal.OpenAsync(TestContext.Current.CancellationToken);
            await using var count = journal.CreateCommand();
            count.CommandText =
                "SELECT (SELECT count(*) FROM journal WHERE persistence_id = 'search-gone') + (SELECT count(*) FROM snapshot WHERE "
                    + "persistence_id = 'search-gone')";
            (await count.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(0L);
        }

        (await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("gone", trials: 3))).StatusCode.ShouldBe(
            HttpStatusCode.Created);
        (await coordinator.GetAsync<SearchDetail>("/api/v1/searches/gone")).Budget.Trials.ShouldBe(3);
    }

    [Fact]
    public async Task Another_spec_under_a_taken_name_is_answered_with_what_differs()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("taken", trials: 4));

        foreach (var onDuplicate in new[] { "fail", "resume" })
        {
            var response = await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("taken", trials: 5, onDuplicate));

            response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            var problem = await TestCoordinator.ReadAsync<ApiProblem>(response);
            problem.Differences.ShouldBe([new SpecDifference("budget.trials", "4", "5")]);
        }
    }

    [Fact]
    public async Task Pauses_resumes_and_stops()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("steered"));

        (await StateAsync(await coordinator.PostTextAsync("/api/v1/searches/steered/pause", ""))).ShouldBe(SearchLifecycle.Paused);
        (await StateAsync(await coordinator.PostAsync("/api/v1/searches/steered/resume", new ResumeRequest(Trials: 5)))).ShouldBe(
            SearchLifecycle.Running);
        (await coordinator.GetAsync<SearchDetail>("/api/v1/searches/steered")).Budget.Trials.ShouldBe(15);
        (await coordinator.PostAsync("/api/v1/searches/steered/stop", new StopRequest(StopMode.Now))).StatusCode.ShouldBe(
            HttpStatusCode.OK);
        (await WhenOverAsync(coordinator, "steered")).EndReason.ShouldBe(SearchEndReason.StoppedByUser);
    }

    [Fact]
    public async Task Takes_a_priority_and_shows_it()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("urgent"));

        (await StateAsync(await coordinator.PostAsync("/api/v1/searches/urgent/priority", new PriorityRequest(40)))).ShouldBe(
            SearchLifecycle.Running);
        var refused = await coordinator.PostAsync("/api/v1/searches/urgent/priority", new PriorityRequest(-101));
        var empty = await coordinator.PostTextAsync("/api/v1/searches/urgent/priority", "{}");

        (await coordinator.GetAsync<SearchList>("/api/v1/searches")).Searches.ShouldHaveSingleItem().Priority.ShouldBe(40);
        (await coordinator.Client.GetStringAsync("/api/v1/searches/urgent/report")).ShouldContain(", priority 40\n");
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await TestCoordinator.ReadAsync<ApiProblem>(refused)).Detail.ShouldBe(
            "Priority is -101, but must be a whole number from -100 to 100.");
        empty.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_duplicate_fails_resumes_or_is_renamed_as_asked()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("dup"));
        await coordinator.PostTextAsync("/api/v1/searches/dup/pause", "");

        var failed = await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("dup"));
        var other = await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("dup", trials: 11, onDuplicate: "resume"));
        var resumed = await TestCoordinator.ReadAsync<SearchDetail>(
            await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("dup", onDuplicate: "resume")));
        var renamed = await TestCoordinator.ReadAsync<SearchDetail>(
            await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("dup", onDuplicate: "rename")));

        failed.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        other.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        resumed.Summary.State.ShouldBe(SearchLifecycle.Running);
        renamed.SearchId.Value.ShouldBe("dup-2");
    }

    [Fact]
    public async Task A_restart_on_the_same_folder_finds_everything_again()
    {
        using var folder = new TemporaryFolder();
        SearchDetail before;
        await using (var first = await TestCoordinator.StartAsync(folder.Path, workerSlots: 2))
        {
            await first.PostAsync("/api/v1/searches", TestCoordinator.Submission("kept", trials: 20));
            before = await WhenOverAsync(first, "kept");
        }

        await using var second = await TestCoordinator.StartAsync(folder.Path);

        second.Ready.Searches.ShouldBe(1);
        (await second.GetAsync<SearchDetail>("/api/v1/searches/kept")).ShouldBe(before);
    }

    [Fact]
    public async Task A_search_is_told_as_text_for_whoever_has_curl_alone()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path, workerSlots: 2);
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("told", trials: 5));
        await WhenOverAsync(coordinator, "told");
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("idle", trials: 8));
        await coordinator.PostTextAsync("/api/v1/searches/idle/pause", "");

        var over = await coordinator.Client.GetAsync("/api/v1/searches/told/report");
        var open = await coordinator.Client.GetStringAsync("/api/v1/searches/idle/report");
        var unknown = await coordinator.Client.GetAsync("/api/v1/searches/tolt/report");

        over.StatusCode.ShouldBe(HttpStatusCode.OK);
        over.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        var text = await over.Content.ReadAsStringAsync();
        text.ShouldStartWith("told  completed  in ");
        text.ShouldContain("\nbest trial   t000");
        text.ShouldContain($"\nresults      {Path.Combine(folder.Path, "searches", "told")}\n");
        text.ShouldContain("\nnext         searchcluster trials told --top 10\n");
        text.ShouldNotContain("\e");
        open.ShouldStartWith("idle  paused  ");
        open.ShouldContain("\nnext         searchcluster resume idle\n");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await TestCoordinator.ReadAsync<ApiProblem>(unknown)).Code.ShouldBe(ProblemCodes.NotFound);
    }

    [Fact]
    public async Task Serves_its_description_and_its_health()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);

        var description = JsonNode.Parse(await coordinator.Client.GetStringAsync("/openapi/v1.json"))!["paths"]!;
        description["/api/v1/searches/{name}/trials"].ShouldNotBeNull();
        description["/api/v1/searches/{name}/report"]!["get"]!["responses"]!["200"]!["content"]!.AsObject()
            .ShouldHaveSingleItem()
            .Key.ShouldBe("text/plain");
        (await coordinator.Client.GetStringAsync("/healthz/live")).ShouldBe("live");
        (await coordinator.GetAsync<SearchManagerProtocol.ManagerReady>("/healthz/ready")).Searches.ShouldBe(0);
    }

    internal static async Task<SearchDetail> WhenOverAsync(TestCoordinator coordinator, string name)
    {
        SearchDetail? detail = null;
        await Patience.UntilAsync(
            async () => (detail = await coordinator.GetAsync<SearchDetail>($"/api/v1/searches/{name}")).Summary.EndedAt is not null);
        return detail!;
    }

    private static async Task<SearchLifecycle> StateAsync(HttpResponseMessage response) =>
        (await TestCoordinator.ReadAsync<SearchReplies.CommandAccepted>(response)).State;
}
