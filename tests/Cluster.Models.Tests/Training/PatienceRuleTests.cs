using SearchCluster.Models.Attempts;
using SearchCluster.Models.Training.Trials;

namespace SearchCluster.Models.Tests.Training;

public sealed class PatienceRuleTests
{
    [Theory]
    [InlineData(2, 0.0, 0, new[] { 3.0, 2, 2, 2 }, 4)]
    [InlineData(2, 0.5, 0, new[] { 3.0, 2.6, 2.7, 1 }, 3)]
    [InlineData(2, 0.0, 3, new[] { 1.0, 2, 3, 4, 5 }, 5)]
    [InlineData(1, 0.0, 0, new[] { double.NaN, 5, 4, double.NaN }, 1)]
    [InlineData(2, 0.0, 0, new[] { double.NaN, 5, 4, double.NaN, double.PositiveInfinity }, 5)]
    public void Training_ends_after_so_many_epochs_without_improvement(int patience, double minDelta, int warmup, double[] values, int end)
    {
        var rule = new PatienceRule(new EarlyStoppingSpec(null, patience, minDelta, warmup), "m", Direction.Minimize);

        var over = Enumerable.Range(1, values.Length).First(epoch => rule.IsOver(Measure(epoch, values[epoch - 1])));

        over.ShouldBe(end);
    }

    [Theory]
    [InlineData(ObjectiveAggregate.Best, Direction.Minimize, 1.0)]
    [InlineData(ObjectiveAggregate.Best, Direction.Maximize, 4.0)]
    [InlineData(ObjectiveAggregate.Last, Direction.Minimize, 2.0)]
    [InlineData(ObjectiveAggregate.MeanLast3, Direction.Minimize, 7.0 / 3)]
    public void The_objective_follows_its_aggregate(ObjectiveAggregate aggregate, Direction direction, double expected)
    {
        var history = new MeasurementHistory(new ObjectiveSpec("m", direction, Aggregate: aggregate));
        double[] values = [double.NaN, 3, 4, 1, 2];

        for (var i = 0; i < values.Length; i++)
        {
            history.Add(Measure(i + 1, values[i]));
        }

        history.Objective.ShouldBe(expected, 1e-12);
    }

    private static Measurement Measure(int epoch, double value) => new(epoch, ValueMap<double>.Empty.With("m", value), TimeSpan.Zero);
}
