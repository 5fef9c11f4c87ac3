using SearchCluster.Contracts.Metrics;
using SearchCluster.Contracts.Workloads;

namespace SearchCluster.Contracts.Tests.Metrics;

public sealed class MetricCatalogTests
{
    [Fact]
    public void Every_metric_of_a_built_in_network_has_a_direction() =>
        BuiltinWorkloads.All
            .Where(workload => workload.NeedsData)
            .SelectMany(workload => workload.Metrics)
            .ShouldAllBe(metric => MetricCatalog.Find(metric) != null);

    [Theory]
    [InlineData("val/iou", Direction.Maximize)]
    [InlineData("test/imageIou", Direction.Maximize)]
    [InlineData("oob/accuracy", Direction.Maximize)]
    [InlineData("oof/r2", Direction.Maximize)]
    [InlineData("val/top5", Direction.Maximize)]
    [InlineData("test/score", Direction.Maximize)]
    [InlineData("train/loss", Direction.Minimize)]
    [InlineData("val/mae", Direction.Minimize)]
    [InlineData("val/accuracy.sd", Direction.Minimize)]
    public void A_metric_has_its_own_direction_whatever_the_objective_says(string metric, Direction expected)
    {
        MetricCatalog.DirectionOf(metric, Direction.Minimize).ShouldBe(expected);
        MetricCatalog.DirectionOf(metric, Direction.Maximize).ShouldBe(expected);
    }

    [Theory]
    [InlineData("profit")]
    [InlineData("val/bleu")]
    [InlineData("mine/accuracy")]
    public void A_metric_of_the_users_own_has_that_of_the_objective(string metric) =>
        MetricCatalog.DirectionOf(metric, Direction.Maximize).ShouldBe(Direction.Maximize);
}
