using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Failures;

/// <summary>What a file that does not get to a coordinator, or from it, ends a command with.</summary>
internal static class TransferFailure
{
    /// <summary>The coordinator does not let this machine in, is out of reach, or a disk is in the way.</summary>
    /// <param name="trouble">What is wrong.</param>
    /// <param name="help">The next step.</param>
    public static CliException Of(StorageTroubleException trouble, string help) => new(
        trouble.Trouble is StorageTrouble.NotWritable ? ExitCodes.NotAllowed
            : trouble.Trouble is StorageTrouble.Unreachable ? ExitCodes.Unreachable : ExitCodes.StorageTrouble,
        trouble.Message,
        help,
        trouble.Trouble is StorageTrouble.Unreachable ? ProblemCodes.NotReachable : StorageText.CodeOf(trouble.Trouble));
}
