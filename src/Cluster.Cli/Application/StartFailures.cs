using SearchCluster.Cli.Failures;
using SearchCluster.Contracts;
using SearchCluster.Contracts.Storage;
using SearchCluster.Coordinator.Hosting;
using SearchCluster.Coordinator.Standby;
using SearchCluster.GpuWorker.Devices;
using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.State;
using SearchCluster.Insight.Analysis;
using SearchCluster.Launch;
using SearchCluster.Models.Native;
using SearchCluster.Security;

namespace SearchCluster.Cli.Application;

/// <summary>Why a coordinator or a worker did not start; their messages are for people already. Apart from its caller, so that only a
/// failure loads these types.</summary>
internal static class StartFailures
{
    public static CliException Of(HostingException exception) => exception switch
    {
        CoordinatorOptionsException => new(ExitCodes.WrongUsage, exception.Message, null, CommandCodes.WrongUsage),
        ClusterKeyException => new(ExitCodes.NotAllowed, exception.Message, null, ProblemCodes.NoKey),
        LaunchException launch => new(launch.ExitCode ?? ExitCodes.Unreachable, launch.Message, null, CommandCodes.NotStarted),
        CoordinatorSupersededException => new(ExitCodes.Superseded, exception.Message, null, ProblemCodes.CoordinatorSuperseded),
        JournalHeldException => new(ExitCodes.Conflict, exception.Message, null, ProblemCodes.JournalHeld),
        StateFolderLockedException => new(ExitCodes.Conflict, exception.Message, null, ProblemCodes.NotHosted),
        StorageException { Trouble: StorageTrouble.Unreachable } storage => new(ExitCodes.Unreachable, storage.Message, null, storage.Code),
        StorageException storage => new(ExitCodes.StorageTrouble, storage.Message, null, storage.Code),
        _ => new(ExitCodes.Unreachable, exception.Message, null, ProblemCodes.NotHosted),
    };

    /// <summary>A full disk, missing handles or a device that refuses is nobody's bug; null for anything else.</summary>
    public static CliException? OfStorage(Exception exception) =>
        JournalFailures.TroubleOf(exception) is { } trouble && trouble != StorageTrouble.Unreachable
            ? new(ExitCodes.StorageTrouble, StorageText.LastWord(trouble, Subject(exception)), null, StorageText.CodeOf(trouble))
            : null;

    // The system's message ends with the path: "No space left on device : '/lab/x'".
    private static string Subject(Exception exception) =>
        exception.Message.Split('\'') is [_, { Length: > 0 } path, ..] ? $"The file {SafeText.Of(path)}" : "A file";

    public static CliException Of(SearchClusterException exception) => exception switch
    {
        _ when StorageTroubles.Of(exception) is { } trouble =>
            new(ExitCodes.StorageTrouble, exception.Message, null, StorageText.CodeOf(trouble)),
        AnalysisException analysis => new(analysis.Code == CommandCodes.TooFewTrials
            ? ExitCodes.NoUsableTrial
            : ExitCodes.WrongUsage, analysis.Message, analysis.Help, analysis.Code),
        TrustException trust => new(ExitCodes.NotAllowed, trust.Message, null, trust.Code),
        WorkerOptionsException => new(ExitCodes.WrongUsage, exception.Message, null, CommandCodes.WrongUsage),
        DeviceUnavailableException => new(ExitCodes.NoSuitableWorker, exception.Message, null, CommandCodes.NoSuitableWorker),
        TorchUnavailableException =>
            new(ExitCodes.ProblemsFound, exception.Message, "searchcluster doctor tells more", CommandCodes.NoTorch),
        _ => new(ExitCodes.Unreachable, exception.Message, null, CommandCodes.NotStarted),
    };
}
