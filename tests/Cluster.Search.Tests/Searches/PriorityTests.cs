namespace SearchCluster.Search.Tests.Searches;

public sealed class PriorityTests
{
    private readonly SearchScenario _search = new(TestSpecs.Spec(4) with { Resources = new ResourcesSpec(Priority: 7) });

    [Fact]
    public void It_is_the_specifications_until_a_person_changes_it()
    {
        _search.State.Priority.ShouldBe(7);

        _search.Send(Give(-3)).ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running));

        var e = _search.LastEvents.ShouldHaveSingleItem().ShouldBeOfType<SearchEvents.SearchPrioritised>();
        (e.Priority, e.Before).ShouldBe((-3, 7));
        SearchProjection.Summary(_search.State).Priority.ShouldBe(-3);
        _search.ShouldReplay();
    }

    [Fact]
    public void The_same_again_writes_nothing()
    {
        _search.Send(Give(7)).ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running, AlreadyDone: true));

        _search.LastEvents.ShouldBeEmpty();
    }

    [Fact]
    public void It_goes_back_to_the_specifications_and_zero_over_a_snapshot()
    {
        _search.Send(Give(0));
        _search.ShouldReplay();
        _search.Send(Give(7));
        _search.ShouldReplay();

        _search.State.Priority.ShouldBe(7);
    }

    [Theory]
    [InlineData(-101)]
    [InlineData(101)]
    [InlineData(int.MinValue)]
    public void One_out_of_range_is_refused_with_the_range(int priority)
    {
        var rejected = _search.Send<SearchReplies.CommandRejected>(Give(priority));

        rejected.Code.ShouldBe(RejectionCode.OutOfRange);
        rejected.Message.ShouldBe($"Priority is {priority}, but must be a whole number from -100 to 100.");
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(100)]
    public void The_ends_of_the_range_are_taken(int priority)
    {
        _search.Send<SearchReplies.CommandAccepted>(Give(priority));

        _search.State.Priority.ShouldBe(priority);
    }

    [Fact]
    public void A_paused_search_takes_one_and_one_that_is_over_says_why_not()
    {
        _search.Send(new SearchCommands.PauseSearch(TestSpecs.Id));
        _search.Send<SearchReplies.CommandAccepted>(Give(1)).State.ShouldBe(SearchLifecycle.Paused);
        _search.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));

        var rejected = _search.Send<SearchReplies.CommandRejected>(Give(2));

        rejected.Code.ShouldBe(RejectionCode.WrongState);
        rejected.Message.ShouldContain("is over (stopped) and waits for no slot");
        _search.State.Priority.ShouldBe(1);
    }

    private static SearchCommands.PrioritiseSearch Give(int priority) => new(TestSpecs.Id, priority);
}
