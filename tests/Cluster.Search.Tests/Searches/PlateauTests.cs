namespace SearchCluster.Search.Tests.Searches;

public sealed class PlateauTests
{
    private readonly SearchScenario _search = new(
        TestSpecs.Spec(100, budget: budget => budget with { Plateau = new PlateauSpec(0.01, Trials: 3) }));

    private void Suggest(double? expectedImprovement)
    {
        var prediction = expectedImprovement is { } gain ? new ModelPrediction(1, 0.1, gain) : null;
        var values = ParameterValues.Empty.With("x", ParameterValue.Real(0.5));
        _search.Send(new SearchCommands.RecordSuggestions(
            TestSpecs.Id,
            new TrialId(_search.State.Trials.Count),
            [new Suggestion(values, new SuggestionOrigin("gp", Prediction: prediction))],
            null));
    }

    [Fact]
    public void The_search_ends_after_enough_suggestions_in_a_row_without_promise()
    {
        Suggest(0.5);
        Suggest(0.001);
        Suggest(0.002);
        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Running);

        Suggest(0.003);

        _search.State.End!.Reason.ShouldBe(SearchEndReason.Plateau);
        _search.LastEvents
            .OfType<SearchEvents.SearchStopping>()
            .Single().Explanation
            .ShouldBe("The last 3 suggestions promised an improvement below 0.01.");
        _search.State.End.Mode.ShouldBe(StopMode.Graceful);
        _search.ShouldReplay();
    }

    [Fact]
    public void A_promising_suggestion_starts_the_count_again_and_one_without_a_prediction_says_nothing()
    {
        Suggest(0.001);
        Suggest(0.001);
        Suggest(0.01);
        Suggest(0.001);
        Suggest(null);
        Suggest(0.001);

        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Running);
        _search.State.SuggestionsWithoutPromise.ShouldBe(2);
    }

    [Fact]
    public void Running_trials_finish_when_the_plateau_is_reached()
    {
        Suggest(0.5);
        var lease = _search.LeaseOne();
        Suggest(0);
        Suggest(0);
        Suggest(0);

        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Finishing);
        _search.State.OpenLeases.ShouldHaveSingleItem().CancelReason.ShouldBeNull();
        _search.Complete(lease, 1);
        _search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        _search.State.Counts.Completed.ShouldBe(1);
    }
}
