using System.Text.Json;

namespace SearchCluster.Integration.Tests.Faults;

/// <summary>Data that not every machine has.</summary>
[Trait("Category", "Integration")]
[Trait("Promise", "R14")]
public sealed class DataApartTests
{
    private const string Search = "travels";

    [Fact]
    public async Task A_worker_of_its_own_folder_trains_on_data_that_only_the_submitter_has()
    {
        await using var quiet = new Deployment();
        (await quiet.RunAsync("run", Spec(quiet), "--slots", "1", "--port", "0")).ShouldExitWith(0);
        await using var lab = new Deployment();
        await using var laptop = new Deployment();
        var coordinator = await lab.StartCoordinatorAsync();
        await using var machine = Apart(lab);
        var far = machine.StateFolder;
        var spec = Spec(laptop);

        var first = await SubmitAsync(laptop, lab, coordinator, spec, "--upload");
        var again = await SubmitAsync(laptop, lab, coordinator, spec, "--upload", "--name", "again", "--set", "budget.trials=5");
        File.Delete(Path.Combine(laptop.Folder, "rows.csv"));
        var worker = lab.StartWorkerApart("far", far, coordinator, "--data-cache", "1MiB");
        await lab.UntilAsync(
            () => lab.History(Search).IsOver && lab.History("again").IsOver, "both searches are over", coordinator.Process, worker);

        var (sent, kept) = (first.GetProperty("upload"), again.GetProperty("upload"));
        sent.GetProperty("sentBytes").GetInt64().ShouldBe(SpecTexts.Rows.Length);
        kept.GetProperty("sentBytes").GetInt64().ShouldBe(0);
        kept.GetProperty("name").GetString().ShouldBe(sent.GetProperty("name").GetString());
        var history = lab.History(Search);
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Results().ShouldBe(quiet.History(Search).Results());
        history.Curves().ShouldBe(quiet.History(Search).Curves());
        Directory.GetFiles(Path.Combine(far, "data-cache"), "rows.csv", SearchOption.AllDirectories).Length.ShouldBe(1);
        Directory.Exists(Path.Combine(far, "data")).ShouldBeFalse("it is no registration of that machine");
        worker.Error.Split("comes from the coordinator").Length.ShouldBe(2, "it was fetched once: " + worker.Error);
    }

    [Fact]
    public async Task A_worker_without_the_data_gives_its_trials_back_and_another_one_trains_them()
    {
        await using var lab = new Deployment();
        await using var laptop = new Deployment();
        var coordinator = await lab.StartCoordinatorAsync();
        await using var machine = Apart(lab);
        (await machine.RunAsync("data", "add", "rows", machine.WriteFile("rows.csv", SpecTexts.Rows))).ShouldExitWith(0);
        var near = lab.Start("near", "worker", "--name", "near", "--device", "cpu", "--slots", "1", "--json");
        var has = lab.StartWorkerApart("far", machine.StateFolder, coordinator, "--json");
        await lab.UntilAsync(() => near.Output.Length > 0 && has.Output.Length > 0, "both workers are connected", near, has);

        await SubmitAsync(laptop, lab, coordinator, Spec(laptop), "--set", "data.source=registered:rows");
        await lab.UntilAsync(() => lab.History(Search).IsOver, "the search is over", coordinator.Process, near, has);

        var events = lab.History(Search).Events;
        JournalInvariants.Violations(events).ShouldBeEmpty();
        lab.History(Search).Attempts.Select(attempt => attempt.WorkerId.Value).ShouldContain("far");
        events.OfType<SearchEvents.SearchCompleted>().Count().ShouldBe(1);
        var given = events.OfType<SearchEvents.AttemptEnded>().Where(ended => ended.Failure is not null).ToList();
        given.ShouldNotBeEmpty();
        given.ShouldAllBe(ended => ended.End == AttemptEnd.Released && ended.Failure!.Kind == TrialFailureKind.DataMissing);
        given[0].Failure!.Message.ShouldContain(DataCodes.NotRegistered);
    }

    private static string Spec(Deployment deployment)
    {
        deployment.WriteFile("rows.csv", SpecTexts.Rows);
        return deployment.WriteFile("travels.yaml", SpecTexts.TrainedInRounds(Search));
    }

    private static async Task<JsonElement> SubmitAsync(
        Deployment laptop, Deployment lab, CoordinatorProcess coordinator, string spec, params string[] more) =>
        (await laptop.RunAsync(
        [
            "submit", spec, "--json", "--wait-for-workers", "--coordinator", coordinator.Url.AbsoluteUri,
            "--token-file", Path.Combine(lab.StateFolder, "token"), .. more,
        ])).ShouldExitWith(0).Json;

    private static Deployment Apart(Deployment lab)
    {
        var machine = new Deployment();
        foreach (var secret in (string[])["cluster.key", "token"])
        {
            File.Copy(Path.Combine(lab.StateFolder, secret), Path.Combine(machine.StateFolder, secret));
        }

        return machine;
    }
}
