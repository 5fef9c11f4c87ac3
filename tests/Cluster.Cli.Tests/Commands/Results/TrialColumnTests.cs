using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Commands.Results;

public sealed class TrialColumnTests : IDisposable
{
    private static readonly ParameterValues Values = new(
    [
        KeyValuePair.Create("model", ParameterValue.Text("tree")),
        KeyValuePair.Create("seed", ParameterValue.Integer(3)),
        KeyValuePair.Create("state", ParameterValue.Text("a,b")),
        KeyValuePair.Create("val/loss", ParameterValue.Real(0.5)),
        KeyValuePair.Create("params.x", ParameterValue.Integer(4)),
        KeyValuePair.Create("x", ParameterValue.Integer(5)),
        KeyValuePair.Create("fold", ParameterValue.Integer(6)),
    ]);

    private readonly CliHarness _cli = new();

    public TrialColumnTests()
    {
        _cli.Service.With(Sample.Detail());
        var trial = Sample.Trial(0, values: Values);
        _cli.Service.Trials.Add(trial with
        {
            Result = trial.Result! with { Metrics = Sample.Metrics(("epoch", 0.25), ("val/loss", 0.125)) },
        });
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task No_column_of_the_csv_stands_for_two_things()
    {
        (await _cli.RunAsync("trials", "digits", "--csv")).ShouldBe(0);

        var lines = _cli.Out.TrimEnd().Split('\n');
        lines[0].ShouldBe(
            "trial,state,objective,params.fold,params.model,params.params.x,params.seed,params.state,params.val/loss,x,metrics.epoch,"
            + "val/loss,epoch,elapsed,attempts,worker,model,seed,origin,suggestion,decision,failure");
        lines[1].ShouldBe("0,completed,0.125,6,tree,4,3,\"a,b\",0.5,5,0.25,0.125,12,4.5,1,box-cpu,yes,17,random,suggested by random,,");
        lines[0].Split(',').Distinct().Count().ShouldBe(lines[0].Split(',').Length);
    }

    [Fact]
    public async Task A_table_shows_both_and_either_can_be_named()
    {
        (await _cli.RunAsync("trials", "digits", "--columns", "trial, model, params.model, seed, params.seed, params.x, "
            + "metrics.val/loss")).ShouldBe(0);

        var lines = _cli.Out.TrimEnd().Split('\n');
        lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["trial", "model", "params.model", "seed", "params.seed", "params.x", "metrics.val/loss"]);
        lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["0", "yes", "tree", "17", "3", "5", "0.125"]);
    }

    [Fact]
    public async Task Best_tells_a_parameter_from_the_metric_of_its_name()
    {
        _cli.Service.With(Sample.Detail() with { Summary = Sample.Summary(best: _cli.Service.Trials[0]) });

        (await _cli.RunAsync("best", "digits")).ShouldBe(0);

        _cli.Out.ShouldContain("  params.val/loss  0.5\n");
        _cli.Out.ShouldContain("  val/loss         0.125\n");
    }

    [Theory]
    [InlineData("--csv")]
    [InlineData("--columns", "trial")]
    public async Task What_says_nothing_to_a_document_is_refused(params string[] options)
    {
        (await _cli.RunAsync(["trials", "digits", "--json", .. options])).ShouldBe(2);

        _cli.Error.ShouldContain($"{options[0]} says nothing to --json");
    }

    [Theory]
    [InlineData(ObjectiveAggregate.Mean, "  value: mean of 12 epochs; metrics: epoch 12\n")]
    [InlineData(ObjectiveAggregate.Best, null)]
    public async Task A_mean_is_told_from_the_measurement_beside_it(ObjectiveAggregate aggregate, string? line)
    {
        var (trial, summary) = (_cli.Service.Trials[0], Sample.Summary());
        _cli.Service.With(Sample.Detail() with
        {
            Summary = summary with
            {
                Best = trial with { Result = trial.Result! with { BestResource = 12 } },
                Objective = summary.Objective with { Aggregate = aggregate },
            },
        });

        (await _cli.RunAsync("best", "digits")).ShouldBe(0);

        _cli.Out.Contains(line ?? "; metrics:", StringComparison.Ordinal).ShouldBe(line is not null);
    }
}
