using SearchCluster.Contracts.Api;

namespace SearchCluster.Search.Tests.Searches;

public sealed class FailureCauseTests
{
    [Fact]
    public void Failed_trials_are_counted_by_cause_with_the_first_example()
    {
        var search = SearchScenario.Of(6).Suggest();
        Fail(search, TrialFailureKind.Timeout, "The attempt ran longer than its limit of 1 s.");
        Fail(search, TrialFailureKind.WorkloadError, "InvalidOperationException: step 3 of 7");
        Fail(search, TrialFailureKind.WorkloadError, "InvalidOperationException: step 4 of 7");
        Fail(search, TrialFailureKind.WorkloadError, "The result says that a model was saved: there is none.");
        search.Complete(search.LeaseOne(), 0.5);

        SearchProjection.Detail(search.State, search.Now).Failures.ShouldBe(
        [
            new FailureCause(
                TrialFailureKind.WorkloadError, "InvalidOperationException", 2, new TrialId(1), "InvalidOperationException: step 3 of 7"),
            new FailureCause(TrialFailureKind.Timeout, null, 1, new TrialId(0), "The attempt ran longer than its limit of 1 s."),
            new FailureCause(
                TrialFailureKind.WorkloadError, null, 1, new TrialId(3), "The result says that a model was saved: there is none."),
        ]);
    }

    [Fact]
    public void Trials_that_held_too_much_memory_are_a_cause_of_their_own()
    {
        var search = SearchScenario.Of(3).Suggest();
        Fail(search, TrialFailureKind.OutOfMemory, "The device is full.");
        Fail(search, TrialFailureKind.MemoryLimit, "SC5201 it held 3 GiB");
        Fail(search, TrialFailureKind.MemoryLimit, "SC5201 it held 5 GiB");

        SearchProjection.Detail(search.State, search.Now).Failures![0].ShouldBe(
            new FailureCause(TrialFailureKind.MemoryLimit, null, 2, new TrialId(1), "SC5201 it held 3 GiB"));
    }

    [Fact]
    public void A_search_without_failures_has_none() =>
        SearchProjection.Detail(SearchScenario.Of(1).State, default).Failures.ShouldBeNull();

    private static void Fail(SearchScenario search, TrialFailureKind kind, string message) =>
        search.Report(search.LeaseOne(), 1, new AttemptFailed(new AttemptFailure(kind, message)));
}
