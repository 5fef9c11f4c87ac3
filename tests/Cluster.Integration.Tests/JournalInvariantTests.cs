using System.Text;
using SearchCluster.Specs;

namespace SearchCluster.Integration.Tests;

/// <summary>The checker itself must see what it is there for.</summary>
[Trait("Category", "Integration")]
public sealed class JournalInvariantTests
{
    private static readonly SearchId Search = new("checked");
    private static readonly TrialId Trial = new(0);
    private static readonly SearchSpec Spec = SpecReader.Read(
        Encoding.UTF8.GetBytes(SpecTexts.Function("checked", 1, 2, 0)), "checked.yaml").Spec!;

    [Fact]
    public void Accepts_a_trial_that_was_lost_once() => JournalInvariants.Violations(Good()).ShouldBeEmpty();

    [Theory]
    [InlineData(5, "starts after it has finished")]
    [InlineData(6, "finishes a second time")]
    [InlineData(3, "reports number 1 after 1")]
    public void Sees_an_event_that_is_there_twice(int index, string violation)
    {
        var events = Good();
        events.Insert(index == 5 ? 7 : index + 1, events[index]);

        JournalInvariants.Violations(events).ShouldContain(v => v.Contains(violation));
    }

    [Theory]
    [InlineData(1, "never suggested")]
    [InlineData(4, "runs already")]
    [InlineData(6, "never finished")]
    [InlineData(7, "not over")]
    public void Sees_an_event_that_is_missing(int index, string violation)
    {
        var events = Good();
        events.RemoveAt(index);

        JournalInvariants.Violations(events).ShouldContain(v => v.Contains(violation));
    }

    [Fact]
    public void Sees_a_result_of_an_attempt_that_was_superseded()
    {
        var events = Good();
        events[6] = ((SearchEvents.TrialFinished)events[6]) with { Fence = 1 };

        JournalInvariants.Violations(events).ShouldContain(v => v.Contains("under fence 1"));
    }

    [Fact]
    public void Sees_more_trials_than_the_budget_allows()
    {
        var events = Good();
        var submitted = (SearchEvents.SearchSubmitted)events[0];
        events[0] = submitted with { Spec = submitted.Spec with { Budget = new BudgetSpec(Trials: 0) } };

        JournalInvariants.Violations(events).ShouldContain(v => v.Contains("budget of 0"));
    }

    private static List<ISearchEvent> Good() =>
    [
        new SearchEvents.SearchSubmitted(Search, Spec, string.Empty, null, default),
        new SearchEvents.TrialSuggested(Search, Trial, ParameterValues.Empty, 1, new SuggestionOrigin("random"), default),
        Started(attempt: 1, fence: 1),
        new SearchEvents.MeasurementReported(Search, Trial, 1, 1, new Measurement(1, ValueMap<double>.Empty, TimeSpan.Zero), null, default),
        new SearchEvents.AttemptEnded
        {
            SearchId = Search,
            Item = WorkItem.Trial(Trial),
            Fence = 1,
            End = AttemptEnd.Lost,
            Resource = 1,
            At = default,
        },
        Started(attempt: 2, fence: 2),
        new SearchEvents.TrialFinished(
            Search,
            Trial,
            2,
            TrialState.Completed,
            new TrialResult(1, 2, 2, ValueMap<double>.Empty, TimeSpan.Zero, false),
            TrainingStop.AllEpochs,
            null,
            default,
            1),
        new SearchEvents.SearchCompleted(Search, SearchLifecycle.Completed, SearchEndReason.Trials, "Done.", default),
    ];

    private static SearchEvents.AttemptStarted Started(int attempt, long fence) =>
        new(Search, WorkItem.Trial(Trial), attempt, fence, new WorkerId("w1"), "incarnation", "CPU", default);
}
