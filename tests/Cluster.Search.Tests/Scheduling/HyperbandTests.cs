using SearchCluster.Search.Scheduling.Hyperband;
using static SearchCluster.Search.Tests.Scheduling.PlayedCurves;

namespace SearchCluster.Search.Tests.Scheduling;

public sealed class HyperbandTests
{
    [Fact]
    public void Brackets_get_the_proportions_of_the_paper()
    {
        // Li et al. 2018, table 1 (R = 81, η = 3): 81, 34, 15, 8 and 5 trials.
        var deal = new BracketDeal(5, 4, 3);

        var brackets = Enumerable.Range(0, 143).Select(trial => deal.Of(new TrialId(trial))).ToArray();

        brackets.CountBy(bracket => bracket).OrderBy(pair => pair.Key).Select(pair => pair.Value).ShouldBe([81, 34, 15, 8, 5]);
        brackets.Take(20).Distinct().Count().ShouldBeGreaterThan(3, "brackets are mixed, not one after the other");
    }

    [Fact]
    public void The_last_bracket_compares_nothing_and_trains_to_the_end()
    {
        var spec = Spec(143, "hyperband", 81, ("max", Whole(81)), ("min", Whole(1)));
        var search = Play(spec, 81, [.. Enumerable.Range(0, 143).Select(trial => (double)trial)]);
        var deal = new BracketDeal(5, 4, 3);

        search.State.Trials.Where(trial => deal.Of(trial.Id) == 4).ShouldAllBe(trial => trial.State == TrialState.Completed);
        search.State.Trials
            .Where(trial => deal.Of(trial.Id) == 0)
            .Count(trial => trial.State == TrialState.StoppedEarly)
            .ShouldBeGreaterThan(70);
        search.State.Trials
            .Where(trial => deal.Of(trial.Id) == 2 && trial.State == TrialState.StoppedEarly)
            .ShouldAllBe(trial => trial.Resource >= 9);
        search.State.Trials.First(trial => trial.State == TrialState.StoppedEarly).Reason!.Text.ShouldContain("of bracket 0");
    }
}
