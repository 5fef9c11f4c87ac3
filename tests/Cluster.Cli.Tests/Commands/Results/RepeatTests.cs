using System.Text.Json;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;
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

        // The first has the best single result and the worse mean.
        _cli.Service.Trials.AddRange(
            [Trial(0, 0.01, 0.1), Trial(1, 0.5, 0.1), Trial(2, 0.3, 0.1), Trial(3, 0.2, 0.2), Trial(4, 0.1, 0.2), Trial(5, null, 0.2)]);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Configurations_are_compared_by_their_mean_and_failed_trials_are_counted()
    {
        var summary = RepeatSummary.Of(Spec, _cli.Service.Trials);

        summary.Configurations
            .Select(configuration => configuration.Trials.Select(trial => trial.Number).ToArray())
            .ShouldBe([[3, 4], [0, 1, 2]]);
        summary.Configurations[0].Missing.ShouldBe(1);
        summary.Configurations[0].Mean.ShouldBe(0.15, 1e-12);
        summary.Configurations[0].Deviation!.Value.ShouldBe(0.05 * Math.Sqrt(2), 1e-12);
        summary.Configurations[1].Mean.ShouldBe(0.27, 1e-12);
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

        _cli.Out.ShouldContain("configurations 2, each over 3 seeds, by mean val/loss\n");
        _cli.Out.ShouldContain("  t0003-t0004 (2 of 3)  0.15          0.07071");
        _cli.Out.ShouldContain("  t0000-t0002           0.27          0.2464");
        _cli.Out.ShouldNotContain("best single evaluation");
    }

    [Theory]
    [InlineData("best")]
    [InlineData("status")]
    public async Task A_lucky_seed_is_told_from_the_best_configuration(string command)
    {
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed) with
        {
            Summary = Sample.Summary(SearchLifecycle.Completed, _cli.Service.Trials[0]),
        });

        (await _cli.RunAsync(command, "digits")).ShouldBe(0);

        _cli.Out.ShouldContain(
            "  t0000 is the best single evaluation; by the mean over seeds its configuration (0.27) comes behind that of t0003-t0004 (2 of "
                + "3) (0.15)\n");
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

    private static TrialView Trial(int number, double? loss, double learningRate) =>
        Sample.Trial(number, loss is null ? TrialState.Failed : TrialState.Completed, loss, Sample.Values(learningRate));
}
