using SearchCluster.Insight.Reports;

namespace SearchCluster.Insight.Tests.Reports;

public sealed class EnsembleTextTests
{
    [Theory]
    [InlineData("test/iou", 0.8, 0.85, "better")]
    [InlineData("test/imageIou", 0.8, 0.75, "worse")]
    [InlineData("test/top5", 0.8, 0.9, "better")]
    [InlineData("test/score", 2, 3, "better")]
    [InlineData("test/accuracy", 0.9, 0.8, "worse")]
    [InlineData("test/mse", 0.9, 0.8, "better")]
    [InlineData("test/loss", 0.1, 0.2, "worse")]
    [InlineData("test/profit", 1, 2, "better")]
    public void A_gain_has_the_sign_of_its_metric(string metric, double single, double ensemble, string word) =>
        EnsembleText.Verdict(metric, single, ensemble, objective: Direction.Maximize)
            .ShouldContain($"the ensemble is {word} than the best single trial");

    [Fact]
    public void One_model_is_as_good_as_itself() =>
        EnsembleText.Verdict("test/loss", 0.4185, 0.4185 + 2.763e-8, new(-2.763e-8, -1.167e-8, 7.613e-9)).ShouldContain("as good as");

    [Fact]
    public void The_interval_has_the_sign_of_its_sentence() =>
        EnsembleText.Verdict("test/loss", 1, 1.6811, new(-0.6811, -0.813, -0.5273))
            .ShouldContain("worse than the best single trial by 0.6811 (95 % interval 0.5273 to 0.813)");
}
