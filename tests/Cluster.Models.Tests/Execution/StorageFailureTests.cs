using SearchCluster.Artifacts;
using SearchCluster.Contracts.Storage;
using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests.Execution;

public sealed class StorageFailureTests
{
    // Numbers of Linux: no space, no quota, read-only file system, device error, too many files.
    [Theory]
    [InlineData(28, "disk is full")]
    [InlineData(122, "disk is full")]
    [InlineData(30, "read-only")]
    [InlineData(5, "reports errors")]
    [InlineData(24, "file handles")]
    public void What_the_machine_refuses_is_no_fault_of_the_workload_whatever_wraps_it(int number, string cause)
    {
        var refused = new IOException("refused", number);

        foreach (var failure in new Exception[]
        {
            refused,
            new ArtifactException("SC4100", "The checkpoint cannot be written.", refused),
            new InvalidOperationException("outer", refused),
        })
        {
            var classified = FailureClassifier.Classify(failure).Failure;
            classified.Kind.ShouldBe(TrialFailureKind.StorageUnavailable);
            classified.Message.ShouldContain(cause);
        }
    }

    [Fact]
    public void A_store_that_is_out_of_reach_is_waited_for_like_a_full_disk()
    {
        var away = new StorageTroubleException(StorageTrouble.Unreachable, "The coordinator at http://127.0.0.1:1/ cannot be reached.");

        foreach (var failure in new Exception[] { away, new InvalidOperationException("outer", away) })
        {
            var classified = FailureClassifier.Classify(failure).Failure;
            classified.Kind.ShouldBe(TrialFailureKind.StorageUnavailable);
            classified.Message.ShouldStartWith("Checkpoints and models cannot be reached (");
            classified.Message.ShouldEndWith(FailureClassifier.GoesOn);
        }
    }

    [Fact]
    public void A_file_that_is_missing_is_the_workloads_own_matter() =>
        FailureClassifier.Classify(new FileNotFoundException("data.bin")).Failure.Kind.ShouldBe(TrialFailureKind.WorkloadError);
}
