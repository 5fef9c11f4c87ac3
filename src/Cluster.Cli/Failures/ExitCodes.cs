namespace SearchCluster.Cli.Failures;

/// <summary>What the process tells its caller; documented, and never reused for something else.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int UnexpectedFailure = 1;
    public const int WrongUsage = 2;
    public const int InvalidInput = 3;
    public const int NotFound = 4;
    public const int Unreachable = 5;
    public const int NotAllowed = 6;
    public const int Conflict = 7;
    public const int NoUsableTrial = 8;
    public const int ProblemsFound = 9;
    public const int VersionMismatch = 10;
    public const int NoSuitableWorker = 11;

    /// <summary>Disk, state folder or journal cannot be used: full, locked, not writable, damaged or gone.</summary>
    public const int StorageTrouble = 12;

    /// <summary>A coordinator ended because another one has taken over, or may; started again it stands by.</summary>
    public const int Superseded = 13;

    public const int TimedOut = 124;
    public const int HungUp = 129;
    public const int Interrupted = 130;
    public const int Terminated = 143;

    /// <summary>Maps the status of a refused request.</summary>
    public static int OfProblem(Contracts.Api.ApiProblem problem) => problem.Status switch
    {
        _ when problem.Problems is { Count: > 0 } => InvalidInput,
        400 or 413 or 414 or 415 or 422 => InvalidInput,
        _ when IsOfStorage(problem.Code) => StorageTrouble,
        401 or 403 => NotAllowed,
        404 => NotFound,
        409 or 412 => Conflict,
        426 => VersionMismatch,
        408 or 429 or 502 or 503 or 504 => Unreachable,
        _ => UnexpectedFailure,
    };

    private static bool IsOfStorage(string code) =>
        code is ProblemCodes.JournalUnavailable or StorageCodes.SearchDamaged;
}
