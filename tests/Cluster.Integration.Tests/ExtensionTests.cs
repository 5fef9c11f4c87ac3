namespace SearchCluster.Integration.Tests;

/// <summary>A search that is over goes on with a larger budget.</summary>
[Trait("Category", "Integration")]
public sealed class ExtensionTests
{
    [Fact]
    public async Task Ten_more_trials_run_and_the_ensemble_is_built_again()
    {
        await using var deployment = new Deployment();
        (await deployment.RunAsync(
            "run", deployment.WriteFile("grows.yaml", SpecTexts.Digits("grows", trials: 3, epochs: 3)), "--port", "0")).ShouldExitWith(0);
        var before = deployment.History("grows");

        (await deployment.RunAsync("resume", "grows", "--trials", "+10", "--port", "0")).ShouldExitWith(0);

        var after = deployment.History("grows");
        JournalInvariants.Violations(after.Events).ShouldBeEmpty();
        after.Results().Take(3).ShouldBe(before.Results());
        after.Finished.Count().ShouldBe(13);
        after.Events.OfType<SearchEvents.EnsembleBuilt>().Count().ShouldBe(2);
        after.Events.OfType<SearchEvents.EnsembleBuilt>().Last().Report.Members.ShouldBe(
            after.Finished.OrderBy(f => f.Result!.Objective).Take(3).Select(f => f.TrialId));
    }
}
