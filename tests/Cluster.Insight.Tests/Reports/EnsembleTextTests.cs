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

    [Theory]
    [InlineData(2, "the ensemble is better than the best single trial by 0.1. It has no interval (2 test rows), so that may be chance.")]
    [InlineData(null, "the ensemble is better than the best single trial by 0.1. It has no interval, so that may be chance.")]
    public void A_gain_without_an_interval_may_be_chance(int? rows, string verdict) =>
        Written(Report(new([]), rows)).ShouldContain($"  test/loss: {verdict}");

    [Fact]
    public void A_point_is_no_interval() =>
        Written(Report(new([KeyValuePair.Create("test/loss", new Gain(0.1, 0.1, 0.1 + 1e-17))]), 2))
            .ShouldContain("by 0.1. It has no interval (2 test rows), so that may be chance.");

    [Fact]
    public void Metrics_in_which_both_are_equal_share_a_line()
    {
        var text = Written(Report(new([KeyValuePair.Create("test/loss", new Gain(0.1, 0.05, 0.15))]), 40));

        text.ShouldContain("  test/accuracy, test/top2: the ensemble is as good as the best single trial, not better.");
        text.Split("as good as").Length.ShouldBe(2);
        text.ShouldContain("by 0.1 (95 % interval 0.05 to 0.15).");
        text.ShouldNotContain("chance");
    }

    private static EnsembleReport Report(ValueMap<Gain> gains, int? rows)
    {
        static ValueMap<double> Metrics(double loss) => new(
        [
            KeyValuePair.Create("test/accuracy", 0.5), KeyValuePair.Create("test/loss", loss), KeyValuePair.Create("test/top2", 1.0),
        ]);
        return new([new(0)], EnsembleCombination.MeanProbability, Metrics(0.4), Metrics(0.5), "path", Gains: gains, TestRows: rows);
    }

    private static string Written(EnsembleReport report)
    {
        using var output = new StringWriter();
        EnsembleText.Write(output, report);
        return output.ToString();
    }
}
