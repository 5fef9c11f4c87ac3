using System.Net;

namespace SearchCluster.Coordinator.Tests.Http;

/// <summary>A search that learns from an earlier one gets its trials when it is submitted.</summary>
public sealed class WarmStartTests
{
    [Fact]
    public async Task The_best_trials_that_fit_become_observations()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path, workerSlots: 2);
        await RunAsync(coordinator, "earlier");
        var trials = (await coordinator.GetAsync<TrialPage>("/api/v1/searches/earlier/trials?from=0&limit=100")).Trials;
        var median = trials.Select(Rate).Order().ElementAt(6);

        // The instant worker's value is the learning rate, so the best that fit are the lowest from the new bound on.
        var answer = await SubmitAsync(coordinator, "later", "{ from: earlier, top: 3 }", min: median);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var warmStart = (await coordinator.GetAsync<SearchSpecView>("/api/v1/searches/later/spec")).Spec.WarmStart.ShouldNotBeNull();
        warmStart.Observations
            .ShouldNotBeNull()
            .Select(observation => observation.Objective)
            .ShouldBe(trials.Select(Rate).Where(rate => rate >= median).Order().Take(3));
        warmStart.Observations!.ShouldAllBe(
            observation => observation.Values.Entries["learningRate"] == ParameterValue.Real(observation.Objective));
    }

    [Fact]
    public async Task Observations_survive_a_restart()
    {
        using var folder = new TemporaryFolder();
        SearchSpecView before;
        await using (var first = await TestCoordinator.StartAsync(folder.Path, workerSlots: 2))
        {
            await RunAsync(first, "earlier");
            await SubmitAsync(first, "later", "{ from: earlier }");
            before = await first.GetAsync<SearchSpecView>("/api/v1/searches/later/spec");
        }

        await using var second = await TestCoordinator.StartAsync(folder.Path);

        var after = await second.GetAsync<SearchSpecView>("/api/v1/searches/later/spec");
        after.ShouldBe(before);
        after.Spec.WarmStart!.Observations!.Count.ShouldBe(12);
    }

    [Fact]
    public async Task The_same_submission_stays_the_same_while_the_earlier_search_goes_on()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path, workerSlots: 2);
        await RunAsync(coordinator, "earlier");
        await SubmitAsync(coordinator, "later", "{ from: earlier }");
        await coordinator.PostAsync("/api/v1/searches/earlier/resume", new ResumeRequest(Trials: 5));
        await SearchApiTests.WhenOverAsync(coordinator, "earlier");

        var again = await SubmitAsync(coordinator, "later", "{ from: earlier }", onDuplicate: "resume");

        again.IsSuccessStatusCode.ShouldBeTrue(await again.Content.ReadAsStringAsync());
        (await coordinator.GetAsync<SearchSpecView>("/api/v1/searches/later/spec")).Spec.WarmStart!.Observations!.Count.ShouldBe(12);
    }

    [Theory]
    [InlineData("{ from: nobody }", 0.001, "val/loss, direction: minimize", "warmStart.from is 'nobody', but there is no such search")]
    [InlineData(
        "{ from: earlier }",
        0.0999999,
        "val/loss, direction: minimize",
        "none of its 12 finished trials lies in the space of this search: learningRate is outside its range here (12 trials, for example "
            + "0.")]
    [InlineData(
        "{ from: earlier }",
        0.001,
        "val/accuracy, direction: maximize",
        "which is to minimize val/loss, but this search is to maximize val/accuracy")]
    [InlineData("{ from: idle }", 0.001, "val/loss, direction: minimize", "which has no finished trial to learn from")]
    public async Task What_cannot_be_taken_over_is_refused(string warmStart, double min, string objective, string words)
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path, workerSlots: 2);
        await RunAsync(coordinator, "earlier");
        await coordinator.PostAsync("/api/v1/searches", new SubmitRequest(
            TestCoordinator.Yaml("idle") + "\nlabels: { a: b }\nresources: { labels: { no: worker } }", "idle.yaml", null, "fail"));

        var answer = await SubmitAsync(coordinator, "later", warmStart, min, objective);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = (await TestCoordinator.ReadAsync<ApiProblem>(answer)).Problems.ShouldNotBeNull().ShouldHaveSingleItem();
        (problem.Code, problem.Path, problem.File).ShouldBe(("SC1056", "warmStart.from", "later.yaml"));
        problem.Message.ShouldContain(words);
        problem.Help.ShouldNotBeNull();
        (await coordinator.GetAsync<SearchList>("/api/v1/searches")).Searches.ShouldNotContain(search => search.SearchId.Value == "later");
    }

    private static async Task RunAsync(TestCoordinator coordinator, string name)
    {
        var response = await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission(name, trials: 12));
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        await SearchApiTests.WhenOverAsync(coordinator, name);
    }

    private static Task<HttpResponseMessage> SubmitAsync(
        TestCoordinator coordinator,
        string name,
        string warmStart,
        double min = 0.001,
        string objective = "val/loss, direction: minimize",
        string onDuplicate = "fail")
    {
        var text = TestCoordinator.Yaml(name)
            .Replace(
                "min: 0.001",
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"min: {min:R}"),
                StringComparison.Ordinal)
            .Replace("val/loss, direction: minimize", objective, StringComparison.Ordinal);
        return coordinator.PostAsync(
            "/api/v1/searches", new SubmitRequest($"{text}\nwarmStart: {warmStart}\n", name + ".yaml", null, onDuplicate));
    }

    private static double Rate(TrialView trial) => trial.Values.Entries["learningRate"].TryGetNumber(out var rate) ? rate : double.NaN;
}
