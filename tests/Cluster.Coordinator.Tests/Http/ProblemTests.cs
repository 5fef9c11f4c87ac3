using Microsoft.AspNetCore.Http;
using SearchCluster.Coordinator.Http;
using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Tests.Http;

/// <summary>Codes and statuses of what is refused.</summary>
public sealed class ProblemTests
{
    private static readonly SearchId Name = new("digits");

    [Theory]
    [InlineData(RejectionCode.NotFound, 404, ProblemCodes.NotFound)]
    [InlineData(RejectionCode.NameTaken, 409, ProblemCodes.NameTaken)]
    [InlineData(RejectionCode.WrongState, 409, ProblemCodes.WrongState)]
    [InlineData(RejectionCode.Damaged, 409, StorageCodes.SearchDamaged)]
    [InlineData(RejectionCode.JournalUnavailable, 503, ProblemCodes.JournalUnavailable)]
    [InlineData(RejectionCode.OutOfRange, 422, ProblemCodes.OutOfRange)]
    public void What_a_search_rejects_has_the_code_of_its_kind(RejectionCode rejection, int status, string code)
    {
        var problem = Problems.Of(new SearchReplies.CommandRejected(Name, rejection, "Search digits says why.")).Problem;

        (problem.Status, problem.Code, problem.Detail).ShouldBe((status, code, "Search digits says why."));
    }

    [Fact]
    public void Searches_that_do_not_answer_are_told_with_the_time_that_was_waited()
    {
        var problem = Problems.NoAnswer(TimeSpan.FromSeconds(10)).Problem;

        (problem.Status, problem.Code).ShouldBe((503, ProblemCodes.NotReady));
        problem.Detail!.ShouldStartWith("The search manager did not answer within 10 s. ");
    }

    [Fact]
    public void A_search_without_a_trace_says_so()
    {
        var problem = Problems.NoTrace(Name).Problem;

        (problem.Status, problem.Code).ShouldBe((404, ProblemCodes.NoTrace));
    }

    [Theory]
    [InlineData(403, ProblemCodes.Forbidden)]
    [InlineData(400, ProblemCodes.MalformedRequest)]
    [InlineData(500, ProblemCodes.Unexpected)]
    [InlineData(502, ProblemCodes.Unexpected)]
    public void A_status_that_the_framework_sets_has_a_code_too(int status, string code)
    {
        var context = new DefaultHttpContext();
        context.Response.StatusCode = status;

        var problem = HttpProblems.OfStatus(context);

        (problem.Status, problem.Code).ShouldBe((status, code));
    }
}
