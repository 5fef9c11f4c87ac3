using SearchCluster.Search.Sampling.GaussianProcess.Fitting;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class FitScheduleTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(63, 63)]
    [InlineData(65, 64)]
    [InlineData(67, 66)]
    [InlineData(255, 252)]
    [InlineData(1023, 1008)]
    [InlineData(10_000, 9_984)]
    public void Fits_ever_more_rarely(int observations, int lastFit) => FitSchedule.LastFit(observations).ShouldBe(lastFit);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 64)]
    [InlineData(127, 64)]
    [InlineData(1_000, 512)]
    public void A_chain_begins_at_a_power_of_two(int observations, int checkpoint) =>
        FitSchedule.Checkpoint(observations).ShouldBe(checkpoint);

    [Fact]
    public void A_subsample_holds_the_best_and_the_most_recent()
    {
        double[] losses = [.. Enumerable.Range(0, 1_000).Select(i => (double)((i * 37) % 1_000))];

        var chosen = Subsample.Choose(losses, 100);

        chosen.Length.ShouldBe(100);
        chosen.ShouldBeUnique();
        chosen.ShouldBeInOrder();
        Enumerable.Range(975, 25).ShouldBeSubsetOf(chosen);
        losses.Index().OrderBy(pair => pair.Item).Take(25).Select(pair => pair.Index).ShouldBeSubsetOf(chosen);
    }
}
