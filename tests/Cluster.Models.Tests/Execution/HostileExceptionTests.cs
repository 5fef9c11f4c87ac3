using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests.Execution;

/// <summary>Exceptions of a user's workload as they are kept.</summary>
public sealed class HostileExceptionTests
{
    [Fact]
    public void A_huge_message_leaves_the_stack()
    {
        var failure = FailureClassifier.Classify(Thrown(new InvalidOperationException(new string('x', 100_000)))).Failure;

        failure.Detail!.ShouldContain(nameof(Thrown));
        failure.Detail!.ShouldStartWith("System.InvalidOperationException: xxx");
        failure.Detail!.Length.ShouldBeLessThan(AttemptFailure.MaximumDetailBytes);
        failure.Message.Length.ShouldBeLessThan(AttemptFailure.MaximumMessage);
    }

    [Fact]
    public void So_does_a_huge_message_inside_another()
    {
        var inner = Thrown(new ArgumentException(new string('y', 100_000)));

        var detail = FailureClassifier.Classify(
            Thrown(new AggregateException(new string('x', 100_000), inner, new FormatException("third")))).Failure.Detail!;

        detail.Split(nameof(Thrown)).Length.ShouldBe(3);
        detail.ShouldContain(" ---> System.ArgumentException: yyy");
        detail.ShouldContain(" ---> System.FormatException: third");
    }

    [Fact]
    public void A_message_that_throws_is_no_second_failure()
    {
        var failure = FailureClassifier.Classify(Thrown(new UnreadableException())).Failure;

        failure.Kind.ShouldBe(TrialFailureKind.WorkloadError);
        failure.Message.ShouldBe("UnreadableException: its message cannot be read");
        failure.Detail!.ShouldContain(nameof(Thrown));
    }

    [Fact]
    public void A_lack_of_memory_is_told_with_its_figures()
    {
        var failure = FailureClassifier.Classify(Thrown(new OutOfMemoryException())).Failure;

        failure.Kind.ShouldBe(TrialFailureKind.OutOfMemory);
        failure.Message.ShouldMatch(
            @"\(The process held \d+\.\d GiB of the \d+\.\d GiB that it may use; try smaller batches or networks, or fewer slots\.\)$");
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new InvalidOperationException("no");
    }
}
