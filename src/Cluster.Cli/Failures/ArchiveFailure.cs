using SearchCluster.Coordinator.Moving;

namespace SearchCluster.Cli.Failures;

/// <summary>What an export or import that cannot be done ends a command with.</summary>
internal static class ArchiveFailure
{
    /// <summary>The message tells the next step itself.</summary>
    /// <param name="exception">What is wrong.</param>
    public static CliException Of(ArchiveException exception) => exception.Fault switch
    {
        ArchiveFault.Conflict => new(ExitCodes.Conflict, exception.Message, null, StorageCodes.ArchiveConflict),
        ArchiveFault.NotFound => new(ExitCodes.NotFound, exception.Message, null, ProblemCodes.NotFound),
        ArchiveFault.Search => new(ExitCodes.ProblemsFound, exception.Message, null, StorageCodes.Archive),
        _ => new(ExitCodes.InvalidInput, exception.Message, null, StorageCodes.Archive),
    };
}
