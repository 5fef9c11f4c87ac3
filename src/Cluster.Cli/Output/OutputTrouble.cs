using SearchCluster.Cli.Failures;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Cli.Output;

/// <summary>What refuses an output that the user named: the place, which is not there or something else, or the disk.</summary>
internal static class OutputTrouble
{
    /// <summary>Tells it.</summary>
    /// <param name="subject">What cannot be written: its name, safe to print.</param>
    /// <param name="refused">What the system threw.</param>
    public static CliException Of(string subject, Exception refused)
    {
        var trouble = StorageTroubles.Of(refused);
        if (refused is DirectoryNotFoundException)
        {
            // The system names a file of another name, which is none of the user's.
            return new(
                ExitCodes.StorageTrouble,
                $"{subject} cannot be written: its folder is not there.",
                "make the folder first, or name one that is there",
                CommandCodes.OutputUnwritable);
        }

        return new(
            ExitCodes.StorageTrouble,
            $"{subject} cannot be written: {SafeText.Of(refused.Message)}",
            trouble is StorageTrouble.DiskFull ? "make room, or name a place on another disk" : "check the folder and its permissions",
            CommandCodes.OutputUnwritable);
    }
}
