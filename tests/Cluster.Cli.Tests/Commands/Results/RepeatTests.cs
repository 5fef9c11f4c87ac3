using System.Text.Json;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Analysis;
using SearchCluster.Insight.Findings;

namespace SearchCluster.Cli.Tests.Commands.Results;

/// <summary>A search that evaluates each configuration over three seeds.</summary>
public sealed class RepeatTests : IDisposable
{
    private static readonly SearchSpec Spec = Sample.Spec with { Repeats = 3 };
    private readonly CliHarness _cli = new();

    public RepeatTests()
    {
        _cli.Service.Spec = Spec;
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed));

        // The first has the best single result and the worse mean; the third misses one.
        _cli.Service.Trials.AddRange(
        [
            Trial(0, 0.01, 0.1, 0.27), Trial(1, 0.5, 0.1, 0.27), Trial(2, 0.3, 0.1, 0.27),
            Trial(3, 0.2, 0.2, 0.15), Trial(4, 0.1, 0.2, 0.15), Trial(5, 0.15, 0.2, 0.15),
            Trial(6, 0.02, 0.3, 0.03, 2), Trial(7, 0.04, 0.3, 0.03, 2), Trial(8, null, 0.3, 0.03, 2),
        ]);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Configurations_are_compared_by_their_mean_and_those_that_miss_a_result_come_last()
    {
        var summary = RepeatSummary.Of(Spec, _cli.Service.Trials);

        summary.Configurations
            .Select(configuration => configuration.Trials.Select(trial => trial.Number).ToArray())
            .ShouldBe([[3, 4, 5], [0, 1, 2], [6, 7]]);
        summary.Configurations[0].Mean.ShouldBe(0.15, 1e-12);
        summary.Configurations[0].Deviation!.Value.ShouldBe(0.05, 1e-12);
        summary.Configurations[1].Mean.ShouldBe(0.27, 1e-12);
        summary.Configurations[2].Missing.ShouldBe(1);
        summary.Configurations[2].Mean.ShouldBe(0.03, 1e-12);
    }

    [Fact]
    public void One_result_has_no_deviation_and_none_no_row()
    {
        var summary = RepeatSummary.Of(Spec, [Trial(0, 0.4, 0.1), Trial(1, null, 0.1), Trial(3, null, 0.2)]);

        summary.Configurations.ShouldHaveSingleItem().Deviation.ShouldBeNull();
    }

    [Fact]
    public void Larger_means_come_first_where_the_objective_is_maximised()
    {
        var spec = Spec with { Objective = Sample.Objective with { Direction = Direction.Maximize } };

        RepeatSummary.Of(spec, _cli.Service.Trials).Configurations[0].Mean.ShouldBe(0.27, 1e-12);
    }

    [Theory]
    [InlineData("best")]
    [InlineData("status")]
    public async Task Reports_show_the_configurations(string command)
    {
        (await _cli.RunAsync(command, "digits")).ShouldBe(0);

        _cli.Out.ShouldContain("configurations 3, each over 3 seeds, by mean val/loss\n");
        _cli.Out.ShouldContain("  t0003-t0005           0.15          0.05");
        _cli.Out.ShouldContain("  t0000-t0002           0.27          0.2464");
        _cli.Out.ShouldContain("  t0006-t0007 (2 of 3)  0.03          0.01414");
        _cli.Out.ShouldNotContain("best single evaluation");
    }

    [Theory]
    [InlineData("best", SearchLifecycle.Completed, "  best of 3 seeds; mean 0.15\n")]
    [InlineData("status", SearchLifecycle.Completed, "             best of 3 seeds; mean 0.15\n")]
    [InlineData("status", SearchLifecycle.Running, "best  t0004  val/loss 0.1 (best of 3 seeds; mean 0.15)  ")]
    [InlineData("list", SearchLifecycle.Running, "0.1 val/loss, mean 0.15")]
    [InlineData("explain", SearchLifecycle.Completed, "It is one of 3 seeds; mean 0.15. Configurations rank by that mean")]
    public async Task The_best_trial_is_told_with_its_mean(string command, SearchLifecycle state, string expected)
    {
        _cli.Service.With(Sample.Detail(state) with { Summary = Sample.Summary(state, _cli.Service.Trials[4]) });

        (await _cli.RunAsync([command, .. command == "list" ? (string[])[] : ["digits"], .. command == "explain" ? (string[])["4"] : []]))
            .ShouldBe(0);

        _cli.Out.ShouldContain(expected);
    }

    [Fact]
    public async Task The_best_trials_are_those_of_the_best_configuration_and_then_of_the_next()
    {
        (await _cli.RunAsync("best", "digits", "--top", "9", "--json")).ShouldBe(0);

        using var document = JsonDocument.Parse(_cli.Out);
        var trials = document.RootElement.GetProperty("trials");
        trials.EnumerateArray().Select(trial => trial.GetProperty("trial").GetInt32()).ShouldBe([4, 5, 3, 0, 2, 1, 6, 7]);
        var configuration = trials[0].GetProperty("configuration");
        configuration.GetProperty("mean").GetDouble().ShouldBe(0.15);
        configuration.GetProperty("evaluations").GetInt32().ShouldBe(3);
        configuration.GetProperty("repeats").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Only_the_best_trial_of_a_configuration_is_called_so()
    {
        (await _cli.RunAsync("best", "digits", "--top", "9")).ShouldBe(0);

        _cli.Out.Split("  best of 3 seeds; mean 0.15\n").Length.ShouldBe(2);
        _cli.Out.Split("  one of 3 seeds; mean 0.15\n").Length.ShouldBe(3);
        _cli.Out.ShouldContain("  best of 2 seeds, where 3 are asked for; mean 0.03\n");
    }

    [Fact]
    public async Task The_best_so_far_of_a_chart_is_a_mean_of_all_seeds()
    {
        (await _cli.RunAsync("plot", "digits", "history")).ShouldBe(0);

        _cli.Out.ShouldContain("best mean over seeds so far");
        SearchPlots.History(new SearchData(new("digits"), Spec, _cli.Service.Trials), null).Series[1].Points
            .Select(point => (point.X, Math.Round(point.Y, 12)))
            .ShouldBe([(3, 0.27), (4, 0.27), (5, 0.27), (6, 0.15), (7, 0.15), (8, 0.15), (9, 0.15)]);
    }

    [Theory]
    [InlineData("best")]
    [InlineData("status")]
    public async Task Documents_have_them_too(string command)
    {
        (await _cli.RunAsync(command, "digits", "--json")).ShouldBe(0);

        using var document = JsonDocument.Parse(_cli.Out);
        var repeats = document.RootElement.GetProperty("repeats");
        repeats.GetProperty("repeats").GetInt32().ShouldBe(3);
        repeats.GetProperty("configurations")[0].GetProperty("mean").GetDouble().ShouldBe(0.15, 1e-12);
        repeats.GetProperty("configurations")[0].GetProperty("parameters").GetProperty("learningRate").GetDouble().ShouldBe(0.2);
    }

    private static TrialView Trial(int number, double? loss, double learningRate, double? mean = null, int evaluations = 3) =>
        Sample.Trial(number, loss is null ? TrialState.Failed : TrialState.Completed, loss, Sample.Values(learningRate)) with
        {
            EndedAt = ImpatientClock.Start.AddMinutes(number),
            Configuration = mean is { } value ? new ConfigurationMean(value, evaluations, 3) : null,
        };
}
