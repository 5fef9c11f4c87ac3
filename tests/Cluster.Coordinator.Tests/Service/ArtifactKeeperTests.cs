namespace SearchCluster.Coordinator.Tests.Service;

public sealed class ArtifactKeeperTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Promise", "R12")]
    public async Task When_a_search_is_over_files_stay_of_the_best_and_of_the_members_alone()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path, workerSlots: 1);
        for (var trial = 0; trial < 8; trial++)
        {
            Write(ArtifactPaths.Checkpoint(new("kept"), new(trial)));
            Write(ArtifactPaths.Model(new("kept"), new(trial)));
        }

        Write(ArtifactPaths.Ensemble(new("kept")) + "/ensemble.json");
        var yaml = TestCoordinator.Yaml("kept", 8) + "\ncheckpoint: { keepBest: 1 }\n";
        (await coordinator.PostAsync("/api/v1/searches", new SubmitRequest(yaml, "kept.yaml", null, "fail"))).EnsureSuccessStatusCode();
        SearchDetail? detail = null;
        await Patience.UntilAsync(async () =>
            (detail = await coordinator.GetAsync<SearchDetail>("/api/v1/searches/kept")).Summary.State == SearchLifecycle.Completed);

        await Patience.UntilAsync(() => Files("model.scm").Count == 3 && Files("checkpoint.scc").Count == 3);

        var members = detail!.Ensemble.ShouldNotBeNull().Members.Select(member => $"{member.Number:D4}").Order().ToList();
        members.ShouldContain($"{detail.Summary.Best!.TrialId.Number:D4}");
        Files("model.scm").ShouldBe(members);
        Files("checkpoint.scc").ShouldBe(members);
        File.Exists(Path.Combine(_folder.Path, ArtifactPaths.Ensemble(new("kept")), "ensemble.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_a_policy_all_files_stay()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path, workerSlots: 1);
        Write(ArtifactPaths.Model(new("all"), new(0)));
        (await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("all", 8))).EnsureSuccessStatusCode();

        await Patience.UntilAsync(async () =>
            (await coordinator.GetAsync<SearchDetail>("/api/v1/searches/all")).Summary.State == SearchLifecycle.Completed);

        Files("model.scm", "all").ShouldBe(["0000"]);
    }

    private void Write(string path)
    {
        var file = Path.Combine(_folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "content");
    }

    private List<string> Files(string name, string search = "kept") =>
    [
        .. Directory.GetFiles(Path.Combine(_folder.Path, ArtifactPaths.Search(new(search)), "trials"), name, SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Order(),
    ];
}
