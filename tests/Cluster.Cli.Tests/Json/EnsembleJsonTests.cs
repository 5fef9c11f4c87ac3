using SearchCluster.Cli.Json.Searches;

namespace SearchCluster.Cli.Tests.Json;

public sealed class EnsembleJsonTests
{
    [Fact]
    public void Gains_are_those_that_have_an_interval_beside_the_number_of_test_rows()
    {
        var metrics = new ValueMap<double>([new("test/loss", 0.4), new("test/accuracy", 0.5)]);
        var clear = new Gain(0.1, 0.05, 0.15);
        EnsembleReport Report(params KeyValuePair<string, Gain>[] gains) =>
            new([new(0)], EnsembleCombination.Mean, metrics, metrics, "path", Gains: new(gains), TestRows: 2);

        // A journal of an earlier release may hold an interval without a width.
        var json = EnsembleJson.Of(Report(new("test/accuracy", new(0.06641, 0.06641, 0.06641)), new("test/loss", clear)));

        json!.Gains.ShouldBe(new Dictionary<string, GainJson> { ["test/loss"] = new(0.1, 0.05, 0.15) });
        json.TestRows.ShouldBe(2);
        EnsembleJson.Of(Report(new KeyValuePair<string, Gain>("test/loss", new(0.1, 0.1, 0.1))))!.Gains.ShouldBeNull();
    }
}
