using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Tests.Commands.Results;

/// <summary>Which trials have a model to take away, and what is said of one that has none.</summary>
public sealed class ModelChoiceTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public ModelChoiceTests()
    {
        _cli.Service.With(Sample.Detail());
        _cli.Service.Trials.Clear();
        _cli.Service.Trials.AddRange([
            Without(0, 0.1),
            Sample.Trial(1, objective: 0.3),
            Sample.Trial(2, objective: 0.2),
            Sample.Trial(3, TrialState.Running),
            Sample.Trial(4, TrialState.Failed),
        ]);
        Directory.CreateDirectory(Path.Combine(_cli.Folder, ArtifactPaths.Search(Sample.Digits)));
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Trials_have_a_column_where_not_all_are_alike()
    {
        (await _cli.RunAsync("trials", "digits", "--no-color")).ShouldBe(0);
        _cli.Out.Split('\n')[0].TrimEnd().ShouldEndWith("model");

        _cli.Clear();
        (await _cli.RunAsync("trials", "digits", "--columns", "trial,model", "--csv")).ShouldBe(0);
        _cli.Out.ShouldBe("trial,model\n0,no\n1,yes\n2,yes\n3,\n4,\n");

        _cli.Clear();
        _cli.Service.Trials.RemoveAt(0);
        (await _cli.RunAsync("trials", "digits", "--no-color")).ShouldBe(0);
        _cli.Out.ShouldNotContain("model");
    }

    [Theory]
    [InlineData(
        "0",
        "t0000 of search digits has no saved model: it was stopped early, and ended with its measurements only before its worker had brought its model.")]
    [InlineData("1", "t0001 of search digits has no saved model: it was saved, but is not in this state folder")]
    [InlineData("3", "t0003 of search digits has no saved model: it still runs.")]
    [InlineData("4", "t0004 of search digits has no saved model: it failed (The loss became NaN in epoch 3).")]
    public async Task A_trial_without_a_model_says_why_and_which_one_to_take(string trial, string why)
    {
        (await _cli.RunAsync("export", "digits", "--trial", trial, "-o", "out", "--state", _cli.Folder)).ShouldBe(4);

        _cli.Error.ShouldContain("SC2007: " + why);
        _cli.Error.ShouldContain("take the best trial that has one: --trial 2 (val/loss 0.2)");
    }

    [Fact]
    public async Task A_trial_that_does_not_exist_is_told_apart()
    {
        (await _cli.RunAsync("predict", "digits", "rows.csv", "--trial", "9", "--state", _cli.Folder)).ShouldBe(4);

        _cli.Error.ShouldContain("SC2004: Search digits has no trial 9; it has 0 to 4.");
    }

    [Fact]
    public async Task Where_no_trial_has_a_model_none_is_offered()
    {
        _cli.Service.Trials.RemoveRange(1, 2);

        (await _cli.RunAsync("export", "digits", "--trial", "0", "-o", "out", "--state", _cli.Folder)).ShouldBe(4);

        _cli.Error.ShouldContain("none of the search's trials has one");
        _cli.Error.ShouldNotContain("--trial 2");
    }

    [Fact]
    public async Task The_story_of_a_trial_without_a_model_says_so()
    {
        _cli.Service.Spec = Sample.Spec;

        (await _cli.RunAsync("explain", "digits", "0")).ShouldBe(0);

        _cli.Out.ShouldContain("It has no model to take away: it was stopped early");
    }

    private static TrialView Without(int number, double objective) =>
        Sample.Trial(number, TrialState.StoppedEarly, objective) is var trial
            ? trial with { Result = trial.Result! with { HasModel = false } }
            : null!;
}
