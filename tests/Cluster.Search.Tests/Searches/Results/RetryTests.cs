using SearchCluster.Search.Decisions.Attempts;

namespace SearchCluster.Search.Tests.Searches.Results;

/// <summary>One rule for trials, members and the ensemble: what is tried again after which failure.</summary>
public sealed class RetryTests
{
    private static readonly WorkItem[] Items = [WorkItem.Trial(new TrialId(0)), WorkItem.Member(0), WorkItem.Ensemble];

    [Theory]
    [InlineData(TrialFailureKind.WorkloadError, "TryAgain TryAgain GiveUp")]
    [InlineData(TrialFailureKind.Timeout, "GiveUp GiveUp GiveUp")]
    [InlineData(TrialFailureKind.WorkerLost, "GiveUp TryAgain TryAgain")]
    [InlineData(TrialFailureKind.MemoryLimit, "GiveUp GiveUp GiveUp")]
    [InlineData(TrialFailureKind.StorageUnavailable, "GiveBack GiveBack GiveBack")]
    [Trait("Promise", "R23")]
    public void Failures_are_judged_by_one_table(TrialFailureKind kind, string expected)
    {
        var spec = TestSpecs.Spec() with
        {
            Retry = new RetrySpec(2, [TrialFailureKind.WorkloadError, TrialFailureKind.MemoryLimit], TimeSpan.Zero),
        };

        Judged(spec, kind, failedBefore: 1).ShouldBe(expected);
        Judged(spec, kind, failedBefore: 2).ShouldBe(expected.Replace("TryAgain", "GiveUp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_loss_beside_others_is_charged_to_nobody()
    {
        var spec = TestSpecs.Spec() with { Retry = new RetrySpec(0, [], TimeSpan.Zero) };
        var failure = new AttemptFailure(TrialFailureKind.WorkerLost, "Lost.");

        Items.Select(item => Retries.Judge(spec, item, 9, failure, new WorkerLoss("Lost", IsAlone: false)))
            .ShouldAllBe(verdict => verdict == FailureVerdict.TryAgain);
        Items.Select(item => Retries.Judge(spec, item, 9, failure, new WorkerLoss("Lost", IsAlone: true)))
            .ShouldAllBe(verdict => verdict == FailureVerdict.GiveUp);
    }

    private static string Judged(SearchSpec spec, TrialFailureKind kind, int failedBefore) => string.Join(
        ' ', Items.Select(item => Retries.Judge(spec, item, failedBefore, new AttemptFailure(kind, "It failed."))));
}
