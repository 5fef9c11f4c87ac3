using System.Text.Json;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Findings;

namespace SearchCluster.Cli.Tests.Commands.Results;

/// <summary>Searches with several objectives: validation loss down, accuracy up.</summary>
public sealed class ParetoTests : IDisposable
{
    private static readonly ValueArray<ObjectiveSpec> Objectives = [Sample.Objective, new("val/accuracy", Direction.Maximize)];
    private readonly CliHarness _cli = new();

    public ParetoTests()
    {
        _cli.Service.Spec = Sample.Spec with { Objectives = Objectives };
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed));
        _cli.Service.Trials.AddRange([
            Trial(0, 0.3, 0.9),
            Trial(1, 0.1, 0.5),
            Trial(2, 0.4, 0.8),
            Trial(3, 0.2, double.NaN),
            Trial(4, 0.05, 0.99, TrialState.Running),
        ]);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_front_is_in_units_of_the_objectives_and_leaves_out_what_is_not_finite_or_not_finished()
    {
        var pareto = ParetoSummary.Of(Objectives, _cli.Service.Trials);

        pareto.Front.Select(member => member.Trial.TrialId.Number).ShouldBe([1, 0]);
        pareto.Compared.ShouldBe(3);
        pareto.Reference[0].ShouldBe(0.43, 1e-12);
        pareto.Reference[1].ShouldBe(0.46, 1e-12);

        // (0.43 - 0.1) × (0.5 - 0.46) below the accuracy of trial 1, (0.43 - 0.3) × (0.9 - 0.5) above it.
        pareto.Hypervolume.ShouldBe(0.0132 + 0.052, 1e-12);
    }

    [Fact]
    public async Task Best_prints_the_front_as_a_table()
    {
        (await _cli.RunAsync("best", "digits")).ShouldBe(0);

        var lines = _cli.Out.TrimEnd().Split('\n');
        lines[0].ShouldBe("Pareto front 2 of 3 trials  hypervolume 0.0652  up to val/loss 0.43  val/accuracy 0.46");
        lines[1].ShouldBe("  trial   val/loss    val/accuracy  parameters");
        lines[2].ShouldStartWith("  t0001   0.1         0.5           activation relu  hiddenSize 64");
        lines[3].ShouldStartWith("  t0000   0.3         0.9 ");
        lines.Length.ShouldBe(4);
    }

    [Fact]
    public async Task Top_limits_the_rows_of_the_table()
    {
        (await _cli.RunAsync("best", "digits", "--top", "1")).ShouldBe(0);

        _cli.Out.ShouldEndWith("  and 1 other trial\n");
    }

    [Fact]
    public async Task The_document_gains_the_front_and_keeps_its_best_trial()
    {
        (await _cli.RunAsync("best", "digits", "--json")).ShouldBe(0);

        using var document = JsonDocument.Parse(_cli.Out);
        document.RootElement.GetProperty("trials").GetArrayLength().ShouldBe(1);
        var pareto = document.RootElement.GetProperty("pareto");
        pareto.GetProperty("objectives")[1].GetProperty("direction").GetString().ShouldBe("maximize");
        pareto.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("trial").GetInt32()).ShouldBe([1, 0]);
        pareto.GetProperty("trials")[0].GetProperty("objectives").EnumerateArray().Select(value => value.GetDouble()).ShouldBe([0.1, 0.5]);
        pareto.GetProperty("hypervolume").GetDouble().ShouldBe(0.0652, 1e-12);
        pareto.GetProperty("referencePoint").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task The_status_document_has_the_front_too()
    {
        (await _cli.RunAsync("status", "digits", "--json")).ShouldBe(0);

        using var document = JsonDocument.Parse(_cli.Out);
        document.RootElement.GetProperty("pareto").GetProperty("hypervolume").GetDouble().ShouldBe(0.0652, 1e-12);
    }

    [Fact]
    public async Task The_final_report_shows_the_front_too()
    {
        (await _cli.RunAsync("status", "digits")).ShouldBe(0);

        _cli.Out.ShouldContain("best trial   t0003");
        _cli.Out.ShouldContain("Pareto front 2 of 3 trials");
    }

    [Fact]
    public async Task A_search_without_usable_trials_has_an_empty_front()
    {
        _cli.Service.Trials.Clear();

        (await _cli.RunAsync("status", "digits")).ShouldBe(0);

        _cli.Out.ShouldContain("Pareto front 0 of 0 trials  hypervolume 0\n");
    }

    private static TrialView Trial(int number, double loss, double accuracy, TrialState state = TrialState.Completed)
    {
        var trial = Sample.Trial(number, state, loss);
        return trial with
        {
            Result = trial.Result is { } result
            ? result with { Metrics = Sample.Metrics(("val/loss", loss), ("val/accuracy", accuracy)) }
            : null
        };
    }
}
