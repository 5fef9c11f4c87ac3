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
        Keep(2);
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
        "t0000 of search digits has no saved model: it was stopped early, and ended with its measurements only before its worker had "
            + "brought its model.")]
    [InlineData("3", "t0003 of search digits has no saved model: it still runs.")]
    [InlineData("4", "t0004 of search digits has no saved model: it failed (The loss became NaN in epoch 3).")]
    public async Task A_trial_without_a_model_says_why_and_which_one_to_take(string trial, string why)
    {
        (await _cli.RunAsync("export", "digits", "--trial", trial, "-o", "out", "--state", _cli.Folder)).ShouldBe(4);

        _cli.Error.ShouldContain("SC2007: " + why);
        _cli.Error.ShouldContain("take the best trial that has one: --trial 2 (val/loss 0.2)");
    }

    [Theory]
    [InlineData("predict", "digits", "rows.csv", "--trial", "1")]
    [InlineData("evaluate", "digits", "rows.csv", "--trial", "1")]
    [InlineData("generate", "digits", "-o", "out", "--trial", "1")]
    [InlineData("export", "digits", "--trial", "1", "-o", "out")]
    public async Task A_model_whose_file_is_gone_is_told_with_its_place_and_the_ways_out(params string[] line)
    {
        (await _cli.RunAsync([.. line, "--state", _cli.Folder])).ShouldBe(4);

        _cli.Error.ShouldContain(
            $"SC2007: The model of t0001 of search digits was written, but its file is gone: there is no {PathOf(1)}.");
        _cli.Error.ShouldContain("put the file back there, or name the state folder that has it: --state DIR");
        _cli.Error.ShouldContain("or take the best trial whose model is here: --trial 2 (val/loss 0.2)");
        _cli.Error.ShouldContain("or train again: searchcluster resume digits --trials +1");
        _cli.Error.ShouldNotContain("column", customMessage: "the column says that a model was written");
    }

    [Fact]
    public async Task No_trial_is_offered_whose_file_is_gone_too()
    {
        File.Delete(PathOf(2));

        (await _cli.RunAsync("export", "digits", "--trial", "1", "-o", "out", "--state", _cli.Folder)).ShouldBe(4);
        _cli.Error.ShouldContain("no other trial has its model here; or train again");

        _cli.Clear();
        (await _cli.RunAsync("export", "digits", "--trial", "0", "-o", "out", "--state", _cli.Folder)).ShouldBe(4);
        _cli.Error.ShouldContain("models of 2 other trials were written, but their files are gone");
        _cli.Error.ShouldNotContain("--trial 2");
    }

    [Fact]
    public async Task A_search_without_files_is_told_apart_from_one_that_nobody_knows()
    {
        Directory.Delete(Path.Combine(_cli.Folder, ArtifactPaths.Root), recursive: true);

        (await _cli.RunAsync("predict", "digits", "rows.csv", "--state", _cli.Folder)).ShouldBe(4);
        _cli.Error.ShouldContain(
            $"SC2007: Search digits is known, but has no files here: there is no {Path.Combine(_cli.Folder, "searches", "digits")}.");

        _cli.Clear();
        (await _cli.RunAsync("predict", "digitz", "rows.csv", "--state", _cli.Folder)).ShouldBe(4);
        _cli.Error.ShouldContain("SC2007: \"digitz\" is neither a search of");
    }

    [Theory]
    [InlineData(SearchEndReason.SpaceExhausted, "searchcluster run SPEC --name NEW (all of it: this one has no further configuration)")]
    [InlineData(SearchEndReason.Epochs, "searchcluster run SPEC --name NEW (all of it: nothing can be added to this one)")]
    [InlineData(SearchEndReason.Time, "searchcluster resume digits --time +1h")]
    [InlineData(null, "searchcluster resume digits --trials +")]
    public async Task Nobody_is_sent_to_a_resume_that_would_be_refused(SearchEndReason? endsAgainBy, string way)
    {
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed) with
        {
            EndReason = SearchEndReason.TargetReached,
            EndsAgainBy = endsAgainBy,
        });
        File.Delete(PathOf(2));
        string[][] lines =
        [
            ["export", "digits", "--trial", "1", "-o", "out"],
            ["export", "digits", "--trial", "0", "-o", "out"],
            ["ensemble", "build", "digits"],
        ];

        foreach (var line in lines)
        {
            _cli.Clear();
            (await _cli.RunAsync([.. line, "--state", _cli.Folder])).ShouldBe(4);
            Told(way);
        }

        Directory.Delete(Path.Combine(_cli.Folder, ArtifactPaths.Root), recursive: true);
        _cli.Clear();
        (await _cli.RunAsync("predict", "digits", "rows.csv", "--state", _cli.Folder)).ShouldBe(4);
        Told(way);
        _cli.Clear();
        (await _cli.RunAsync("importance", "digits")).ShouldBe(8);
        _cli.Error.Contains("searchcluster resume", StringComparison.Ordinal).ShouldBe(way.Contains("resume", StringComparison.Ordinal));
        _cli.Error.ShouldNotContain("let the search go on");
    }

    private void Told(string way)
    {
        _cli.Error.ShouldContain(way);
        _cli.Error.Contains("searchcluster resume", StringComparison.Ordinal).ShouldBe(way.Contains("resume", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_ensemble_that_was_built_and_is_gone_is_no_ensemble_that_comes()
    {
        _cli.Service.With(Sample.Detail() with
        {
            Ensemble = new([new(2)], EnsembleCombination.Vote, ValueMap<double>.Empty, ValueMap<double>.Empty, "searches/digits/ensemble"),
        });

        (await _cli.RunAsync("predict", "digits", "rows.csv", "--state", _cli.Folder)).ShouldBe(4);
        _cli.Error.ShouldContain("SC2007: The ensemble of search digits was built, but its description is gone: there is no");
        _cli.Error.ShouldContain("or build the ensemble again: searchcluster ensemble build digits");

        _cli.Clear();
        _cli.Service.With(Sample.Detail() with
        {
            EnsembleFailure = new(TrialFailureKind.Misconfigured, "SC3000 There is no file rows.csv."),
        });
        (await _cli.RunAsync("predict", "digits", "rows.csv", "--state", _cli.Folder)).ShouldBe(4);
        _cli.Error.ShouldContain("it could not be built. SC3000 There is no file rows.csv.");
    }

    [Fact]
    public async Task Nobody_is_sent_to_build_an_ensemble_of_models_that_cannot_vote()
    {
        // Said on the command line: the spec beside the models does not know it.
        _cli.Service.Spec = _cli.Service.Spec with { Workload = _cli.Service.Spec.Workload with { Builtin = "vae" }, Ensemble = null };

        (await _cli.RunAsync("predict", "digits", "rows.csv", "--state", _cli.Folder)).ShouldBe(4);

        _cli.Error.ShouldContain("SC2007: Search digits has no ensemble: models of workload vae cannot vote.");
        _cli.Error.ShouldNotContain("ensemble build");
    }

    [Fact]
    public async Task An_ensemble_of_models_that_are_all_gone_is_not_built()
    {
        File.Delete(PathOf(2));
        _cli.Connector.StateFolder = _cli.Folder;
        _cli.Service.Spec = Sample.Spec;

        (await _cli.RunAsync("ensemble", "build", "digits", "--type", "top-k")).ShouldBe(4, _cli.Error);

        _cli.Error.ShouldContain("SC2007: The ensemble was not built: models of 2 trials of search digits were written, but their files "
            + "are gone");
        _cli.Error.ShouldContain(PathOf(2));
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

    private string PathOf(int trial) => Path.Combine(_cli.Folder, ArtifactPaths.Model(Sample.Digits, new(trial)));

    private void Keep(int trial)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(trial))!);
        File.WriteAllText(PathOf(trial), "a model");
    }

    private static TrialView Without(int number, double objective) =>
        Sample.Trial(number, TrialState.StoppedEarly, objective) is var trial
            ? trial with { Result = trial.Result! with { HasModel = false } }
            : null!;
}
