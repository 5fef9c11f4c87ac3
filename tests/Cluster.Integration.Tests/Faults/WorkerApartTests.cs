namespace SearchCluster.Integration.Tests.Faults;

/// <summary>A worker that shares nothing with its coordinator but the wire; key and token are copied.</summary>
[Trait("Category", "Integration")]
[Trait("Promise", "R14")]
public sealed class WorkerApartTests
{
    private const string Search = "apart";
    private const int Trials = 3;
    private const int Epochs = 150;
    private const int EpochsBeforeKill = 12;

    [Fact]
    public async Task A_killed_worker_goes_on_from_checkpoints_that_lie_with_the_coordinator()
    {
        await using var quiet = new Deployment();
        (await quiet.RunAsync("run", Spec(quiet), "--slots", "1", "--port", "0")).ShouldExitWith(0);
        await using var deployment = new Deployment();
        var coordinator = await deployment.StartCoordinatorAsync();
        var folder = FolderWith(deployment, "cluster.key", "token");
        var worker = deployment.StartWorkerApart("far", folder, coordinator);
        (await deployment.RunAsync("submit", Spec(deployment))).ShouldExitWith(0);

        await deployment.UntilAsync(
            () => Measurements(deployment).Count() >= EpochsBeforeKill, "some epochs are trained", coordinator.Process, worker);
        await worker.KillAsync();
        deployment.History(Search).IsOver.ShouldBeFalse("the search ended before its worker was killed");
        worker = deployment.StartWorkerApart("far", folder, coordinator);
        await deployment.UntilAsync(() => deployment.History(Search).IsOver, "the search is over", coordinator.Process, worker);

        var history = deployment.History(Search);
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Results().ShouldBe(quiet.History(Search).Results());
        history.Curves().ShouldBe(quiet.History(Search).Curves());
        history.Attempts.Count().ShouldBe(quiet.History(Search).Attempts.Count() + 1, "one trial was lost with its worker");
        history.Events.OfType<SearchEvents.MeasurementIgnored>().Count().ShouldBeLessThanOrEqualTo(1, "epochs were repeated");
        LiesWithTheCoordinator(deployment, folder);
        await ResultsAreOfUseAsync(deployment);
    }

    [Fact]
    public async Task Without_a_token_it_ends_and_says_how_to_give_one()
    {
        await using var deployment = new Deployment();
        var coordinator = await deployment.StartCoordinatorAsync();
        var folder = FolderWith(deployment, "cluster.key");

        var closed = deployment.StartWorkerApart("far", folder, coordinator);
        (await closed.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(deployment.Describe());

        closed.ExitCode.ShouldBe(6, closed.Error);
        closed.Error.ShouldContain("SC6001");
        closed.Error.ShouldContain($"The state folder {folder} is not that of the coordinator at {coordinator.Url}");
        closed.Error.ShouldContain("--token-file FILE");
        Directory.Exists(Path.Combine(folder, "searches")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_of_another_cluster_does_not_open_and_the_right_one_may_come_in_a_file()
    {
        await using var deployment = new Deployment();
        var coordinator = await deployment.StartCoordinatorAsync();
        var folder = FolderWith(deployment, "cluster.key");
        var other = deployment.WriteFile("other-token", Hosting.State.AccessToken.Create().Value);

        var closed = deployment.StartWorkerApart("far", folder, coordinator, "--token-file", other);
        (await closed.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(deployment.Describe());
        var open = deployment.StartWorkerApart(
            "far", folder, coordinator, "--token-file", Path.Combine(deployment.StateFolder, "token"), "--json");

        closed.ExitCode.ShouldBe(6, closed.Error);
        closed.Error.ShouldContain("does not let this worker in");
        await deployment.UntilAsync(() => open.Output.Length > 0, "the worker is connected", open);
    }

    private static string Spec(Deployment deployment) => deployment.WriteFile(
        "apart.yaml",
        SpecTexts.Digits(Search, Trials, Epochs).Replace("patience: 4", "patience: 150", StringComparison.Ordinal)
            + "\nretry: { max: 5 }\n");

    private static string FolderWith(Deployment deployment, params string[] secrets)
    {
        var folder = Directory.CreateDirectory(Path.Combine(deployment.Folder, "far")).FullName;
        foreach (var secret in secrets)
        {
            File.Copy(Path.Combine(deployment.StateFolder, secret), Path.Combine(folder, secret));
        }

        return folder;
    }

    private static IEnumerable<SearchEvents.MeasurementReported> Measurements(Deployment deployment) =>
        deployment.History(Search).Events.OfType<SearchEvents.MeasurementReported>();

    private static void LiesWithTheCoordinator(Deployment deployment, string folder)
    {
        Directory.Exists(Path.Combine(folder, "searches")).ShouldBeFalse("nobody would read it there");
        var results = Path.Combine(deployment.StateFolder, "searches", Search);
        Directory.GetFiles(results, "model.scm", SearchOption.AllDirectories).Length.ShouldBe(Trials);
        File.Exists(Path.Combine(results, "ensemble", "ensemble.json")).ShouldBeTrue();
        Directory.GetFiles(deployment.StateFolder, "*.part", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ShouldNotContain(file => file.Contains("transfers"));
    }

    private static async Task ResultsAreOfUseAsync(Deployment deployment)
    {
        var rows = deployment.WriteFile("rows.csv", string.Join(',', Enumerable.Repeat("0", 64)) + "\n");
        (await deployment.RunAsync("best", Search, "-o", "best.scm")).ShouldExitWith(0);
        (await deployment.RunAsync("ensemble", "show", Search)).ShouldExitWith(0);
        (await deployment.RunAsync("predict", Search, rows, "--json")).ShouldExitWith(0)
            .Json.GetProperty("predictions").GetArrayLength().ShouldBe(1);
    }
}
