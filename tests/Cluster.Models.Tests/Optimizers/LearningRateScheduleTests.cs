using SearchCluster.Models.Optimizers;

namespace SearchCluster.Models.Tests.Optimizers;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(ScheduleKind.Exponential, 3, 0.25)]
    [InlineData(ScheduleKind.Step, 2, 1.0)]
    [InlineData(ScheduleKind.Step, 3, 0.5)]
    [InlineData(ScheduleKind.Inverse, 3, 0.5)]            // 1 / (1 + 0.5 · 2)
    [InlineData(ScheduleKind.InverseSquareRoot, 4, 0.5)]
    [InlineData(ScheduleKind.Cosine, 1, 1.0)]
    [InlineData(ScheduleKind.Cosine, 6, 0.5)]             // half of ten epochs
    public void Each_law_gives_the_share_computed_by_hand(ScheduleKind kind, int epoch, double share) =>
        new LearningRateSchedule(kind, 0.1, Decay: 0.5, Step: 2, Epochs: 10).At(epoch, []).ShouldBe(0.1 * share, 1e-12);

    [Fact]
    public void The_warm_up_grows_evenly_and_the_law_starts_after_it()
    {
        var schedule = new LearningRateSchedule(ScheduleKind.Exponential, 0.1, Decay: 0.5, Warmup: 2, Epochs: 10);

        Enumerable.Range(1, 4).Select(epoch => Math.Round(schedule.At(epoch, []), 12)).ShouldBe([0.05, 0.1, 0.1, 0.05]);
    }

    [Fact]
    public void A_plateau_lowers_the_step_size_after_so_many_epochs_without_a_new_best()
    {
        var schedule = new LearningRateSchedule(ScheduleKind.Plateau, 0.1, Decay: 0.5, Step: 2);

        schedule.At(4, [3, 2, 2]).ShouldBe(0.1);
        schedule.At(5, [3, 2, 2, 2]).ShouldBe(0.05);
        schedule.At(8, [3, 2, 2, 2, 1, 1, 1]).ShouldBe(0.025);
    }
}
