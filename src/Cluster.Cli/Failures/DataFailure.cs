using SearchCluster.Models.Data;

namespace SearchCluster.Cli.Failures;

/// <summary>What data that cannot be used end a command with.</summary>
internal static class DataFailure
{
    /// <summary>Data that are not there are told apart from those that do not fit.</summary>
    /// <param name="exception">What is wrong.</param>
    public static CliException Of(DataException exception) => new(
        exception.Code is DataCodes.CannotOpen or DataCodes.NotRegistered ? ExitCodes.NotFound : ExitCodes.InvalidInput,
        exception.Message,

        // Of other data the message tells all three ways on.
        exception.Code == DataCodes.OtherData ? null : ErrorCatalog.Find(exception.Code)?.NextStep,
        exception.Code);
}
