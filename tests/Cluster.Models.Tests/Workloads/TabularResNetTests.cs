using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Workloads;

public sealed class TabularResNetTests
{
    [Fact]
    public void It_computes_what_the_paper_says()
    {
        TorchRuntime.Initialize();
        using var scope = NewDisposeScope();
        var workload = (INetworkWorkload)WorkloadCatalog.Default.Find("tabular-resnet")!;
        var hyperparameters = Hyperparameters.Create(BuiltinWorkloads.TabularResNet, ParameterValues.Empty, Trials.Values(
            ("blocks", ParameterValue.Integer(2)), ("width", ParameterValue.Integer(3)), ("hiddenFactor", ParameterValue.Real(1.5))));
        using var noise = new NoiseSource(1, CPU);
        var shape = DataShape.OfTable(["a", "b"], ["yes", "no"]);
        using var network = workload.Build(new NetworkContext(hyperparameters, shape, 5, noise));
        var weights = network.state_dict();
        var input = arange(12, float32).reshape(6, 2).sin();

        var answers = network.forward(input);

        Tensor Dense(string name, Tensor x) => nn.functional.linear(x, weights[$"{name}.weight"], weights[$"{name}.bias"]);
        Tensor Normal(Tensor x) => (x - x.mean([0])) / (x.var(0, unbiased: false) + 1e-5).sqrt();
        var x = Dense("linear", input);
        foreach (var block in new[] { "blocks.0", "blocks.1" })
        {
            x += Dense($"{block}.linear2", Dense($"{block}.linear1", Normal(x)).relu());
        }

        var expected = Dense("head", Normal(x).relu());
        weights["blocks.1.linear1.weight"].shape.ShouldBe([4, 3], "round(1.5 × 3) units; halves go to the even number");
        answers.shape.ShouldBe([6, 2]);
        (answers - expected).abs().max().item<float>().ShouldBeLessThan(1e-5f);
    }

    [Theory]
    [InlineData("dropout")]
    [InlineData("residualDropout")]
    public void Each_dropout_changes_what_is_trained(string name)
    {
        var values = Trials.Values(("epochs", ParameterValue.Integer(1)), ("width", ParameterValue.Integer(8)));

        var (plain, dropped) = (Curve(values), Curve(values.With(name, ParameterValue.Real(0.4))));

        dropped.ShouldNotBe(plain);
    }

    // 240 rows to train.
    [Theory]
    [InlineData(239)]
    [InlineData(1)]
    public void A_batch_of_one_row_is_trained(int batchSize) =>
        Curve(Trials.Values(
            ("epochs", ParameterValue.Integer(2)), ("width", ParameterValue.Integer(8)), ("batchSize", ParameterValue.Integer(batchSize))))
            .ShouldAllBe(loss => double.IsFinite(loss));

    private static double[] Curve(ParameterValues values)
    {
        var plan = Trials.Plan(workload: "tabular-resnet") with { Data = Trials.Digits with { Limit = 400 } };
        var run = Trials.Run(Trials.Assignment(values, plan));
        run.Completed.ShouldNotBeNull();
        return [.. run.Curve.Select(metrics => metrics["val/loss"])];
    }
}
