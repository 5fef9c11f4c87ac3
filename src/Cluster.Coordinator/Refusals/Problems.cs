using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Specs.Problems;

namespace SearchCluster.Coordinator.Refusals;

/// <summary>Makes the refusals of the service.</summary>
internal static class Problems
{
    public static SearchServiceException Of(SearchReplies.CommandRejected rejected) => rejected.Code switch
    {
        RejectionCode.NotFound => New("There is no such search.", 404, ProblemCodes.NotFound, rejected.Message),
        RejectionCode.NameTaken => New("The name is taken.", 409, ProblemCodes.NameTaken, rejected.Message),
        RejectionCode.WrongState => New("The search is in another state.", 409, ProblemCodes.WrongState, rejected.Message),
        RejectionCode.Damaged => New("The search is damaged.", 409, StorageCodes.SearchDamaged, rejected.Message),
        RejectionCode.JournalUnavailable => New("The journal is not available.", 503, ProblemCodes.JournalUnavailable, rejected.Message),
        _ => New("A value is outside its range.", 422, ProblemCodes.OutOfRange, rejected.Message),
    };

    public static SearchServiceException NoJournal(string trouble) =>
        New("The journal is not available.", 503, ProblemCodes.JournalUnavailable, trouble);

    public static SearchServiceException NoAnswer(TimeSpan timeout) => New(
        "The searches did not answer in time.",
        503,
        ProblemCodes.NotReady,
        $"The search manager did not answer within {Durations.Of(timeout)}. It may be recovering, or its journal may not be available; try "
            + $"again, and look at the coordinator's log.");

    public static SearchServiceException Unreadable(SpecReadResult read)
    {
        var first = read.Problems.First(problem => problem.Severity == SpecSeverity.Error);
        var title = read.ErrorCount == 1
            ? "The spec has an error."
            : string.Create(CultureInfo.InvariantCulture, $"The spec has {read.ErrorCount + read.Omitted} errors.");
        return new SearchServiceException(
            new ApiProblem(title, 422, first.Code, first.Message, new ValueArray<SpecProblem>(read.Problems)));
    }

    public static SearchServiceException OfSpec(SpecProblem problem) =>
        new(new ApiProblem("The spec has an error.", 422, problem.Code, problem.Message, [problem]));

    public static SearchServiceException Exists(SearchId search, string detail) =>
        New("The name is taken.", 409, ProblemCodes.NameTaken, $"Search '{search}' {detail}");

    public static SearchServiceException Damaged(SearchDamage damage) =>
        Of(new SearchReplies.CommandRejected(damage.Search, RejectionCode.Damaged, damage.Describe()));

    public static SearchServiceException Differs(SearchId search, ValueArray<SpecDifference> differences) => new(new ApiProblem(
        "The name is taken.", 409, ProblemCodes.NameTaken, $"A search named {search} exists with another spec.", Differences: differences));

    public static SearchServiceException NoTrace(SearchId search) =>
        New("The search has no trace.", 404, ProblemCodes.NoTrace, $"Search '{search}' was submitted without tracing.");

    public static SearchServiceException Of(DrainAnswer refused) => refused.Worker is null
        ? New("There is no such worker.", 404, ProblemCodes.NoSuchWorker, refused.Refusal)
        : New("The worker cannot do it now.", 503, ProblemCodes.WorkerStaysDrained, refused.Refusal);

    public static SearchServiceException NoWorkerName() =>
        New("There is no such worker.", 404, ProblemCodes.NoSuchWorker, $"A worker's name has {WorkerId.Rule}.");

    public static SearchServiceException Parameter(string message) =>
        New("A parameter is not what it should be.", 400, ProblemCodes.MalformedParameter, message);

    public static SearchServiceException New(string title, int status, string code, string? detail = null) =>
        new(new ApiProblem(title, status, code, detail));
}
