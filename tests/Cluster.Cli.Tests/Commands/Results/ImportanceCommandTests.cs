using System.Text.RegularExpressions;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Commands.Results;

public sealed class ImportanceCommandTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public ImportanceCommandTests() => AnalysisSample.FillIn(_cli.Service);

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("fanova")]
    [InlineData("ped-anova")]
    public async Task The_most_important_parameter_comes_first_with_a_bar_and_the_best_values(string method)
    {
        (await _cli.RunAsync("importance", "digits", "--method", method)).ShouldBe(0);

        var lines = _cli.Out.Split('\n');
        lines[0].ShouldContain($"importance in digits by {method}");
        lines[3].ShouldStartWith("dropout ");
        lines[3].ShouldContain("████████████████████");
        lines[3].ShouldContain("0 to ");
        _cli.Out.ShouldContain("relu");
    }

    [Fact]
    public async Task Eighty_columns_hold_the_table_without_broken_lines()
    {
        _cli.Terminal = new(true, 80);

        (await _cli.RunAsync("importance", "digits", "--no-color")).ShouldBe(0);

        var lines = _cli.Out.TrimEnd().Split('\n');
        lines.Length.ShouldBe(6);
        lines[2..].ShouldAllBe(line => Regex.Replace(line, "\u001b\\[[0-9;]*m", string.Empty).TrimEnd().Length <= 80);
    }

    [Fact]
    public async Task Pairs_are_listed_and_the_quality_of_the_forest_is_told_on_standard_error()
    {
        (await _cli.RunAsync("importance", "digits", "--pairs", "--top", "1")).ShouldBe(0);

        _cli.Out.ShouldContain("interaction");
        _cli.Out.ShouldContain(" x ");
        _cli.Out.ShouldNotContain("hiddenSize  ");
        _cli.Error.ShouldContain("The forest explains ");
    }

    [Fact]
    public async Task Another_objective_is_analysed_by_its_own_values()
    {
        _cli.Service.Spec = _cli.Service.Spec with { Objectives = [_cli.Service.Spec.Objective, new("val/cost", Direction.Maximize)] };
        for (var i = 0; i < _cli.Service.Trials.Count; i++)
        {
            var trial = _cli.Service.Trials[i];
            trial.Values.TryGet("hiddenSize", out var size).ShouldBeTrue();
            size.TryGetNumber(out var cost).ShouldBeTrue();
            _cli.Service.Trials[i] = trial with { Result = trial.Result! with { Metrics = trial.Result.Metrics.With("val/cost", cost) } };
        }

        (await _cli.RunAsync("importance", "digits", "--objective", "val/cost")).ShouldBe(0);

        _cli.Out.Split('\n')[3].ShouldStartWith("hiddenSize ");
    }

    [Fact]
    public async Task An_objective_that_the_search_does_not_have_is_refused()
    {
        (await _cli.RunAsync("importance", "digits", "--objective", "cost")).ShouldBe(2);

        _cli.Error.ShouldContain("--objective names \"cost\", which is no objective of search digits.");
        _cli.Error.ShouldContain("its objectives: val/loss");
    }

    [Fact]
    public async Task Failed_trials_are_left_out_and_counted()
    {
        _cli.Service.Trials.Add(Sample.Trial(40, TrialState.Failed, objective: null));

        (await _cli.RunAsync("importance", "digits")).ShouldBe(0);

        _cli.Out.ShouldContain("from 40 trials");
        _cli.Error.ShouldContain("1 finished trial left out");
    }

    [Fact]
    public async Task Too_few_trials_are_refused_with_the_number_needed_and_the_next_step()
    {
        _cli.Service.Trials.RemoveRange(4, 36);

        (await _cli.RunAsync("importance", "digits")).ShouldBe(8);

        _cli.Out.ShouldBeEmpty();
        _cli.Error.ShouldContain("SC2005: 4 finished trials have a finite objective, but an analysis needs at least 10.");
        _cli.Error.ShouldContain("searchcluster resume digits --trials +20");
    }

    [Fact]
    public async Task A_numeric_parameter_is_drawn_as_a_line()
    {
        (await _cli.RunAsync("importance", "digits", "--parameter", "dropout")).ShouldBe(0);

        _cli.Out.ShouldContain("digits: val/loss by dropout, averaged over the other parameters");
        _cli.Out.ShouldContain("└────");
        _cli.Out.ShouldContain("─");
    }

    [Fact]
    public async Task Items_are_drawn_as_bars_with_their_names()
    {
        (await _cli.RunAsync("importance", "digits", "--parameter", "activation")).ShouldBe(0);

        _cli.Out.ShouldMatch(@"(?m)^relu +0\.\d+ ± 0\.\d+  █+$");
        _cli.Out.ShouldMatch(@"(?m)^tanh +0\.\d+ ± 0\.\d+  █{40}$");
    }

    [Fact]
    public async Task An_unknown_parameter_is_wrong_usage_that_lists_the_known_ones()
    {
        (await _cli.RunAsync("importance", "digits", "--parameter", "nope")).ShouldBe(2);

        _cli.Error.ShouldContain("\"nope\"");
        _cli.Error.ShouldContain("activation, dropout, hiddenSize");
    }

    [Fact]
    public async Task Pairs_do_not_fit_ped_anova()
    {
        (await _cli.RunAsync("importance", "digits", "--pairs", "--method", "ped-anova")).ShouldBe(2);

        _cli.Error.ShouldContain("--pairs does not fit --method ped-anova");
    }

    [Theory]
    [InlineData("importance digits --pairs", "importance.json")]
    [InlineData("importance digits --parameter activation", "dependence.json")]
    public async Task A_document_has_its_golden_shape(string line, string golden)
    {
        (await _cli.RunAsync([.. line.Split(' '), "--json"])).ShouldBe(0);

        _cli.Error.ShouldBeEmpty();
        Golden.ShouldMatch(_cli.Out, golden);
    }
}
