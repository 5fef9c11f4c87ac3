using SearchCluster.Contracts;
using SearchCluster.Coordinator.Hosting;
using SearchCluster.GpuWorker.Devices;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;
using SearchCluster.Models.Native;

namespace SearchCluster.Cli.Application;

/// <summary>Why a coordinator or a worker did not start; their messages are for people already. Apart from its caller, so that only a failure loads these types.</summary>
internal static class StartFailures
{
    public static CliException Of(HostingException exception) => exception is CoordinatorOptionsException
        ? new(ExitCodes.WrongUsage, exception.Message, null, "SC0002")
        : new(exception is StateFolderLockedException ? ExitCodes.Conflict : ExitCodes.Unreachable, exception.Message, null, "SC5005");

    public static CliException Of(SearchClusterException exception) => exception switch
    {
        WorkerOptionsException => new(ExitCodes.WrongUsage, exception.Message, null, "SC0002"),
        DeviceUnavailableException => new(ExitCodes.NoSuitableWorker, exception.Message, null, "SC2010"),
        TorchUnavailableException => new(ExitCodes.ProblemsFound, exception.Message, "searchcluster doctor tells more", "SC4002"),
        _ => new(ExitCodes.Unreachable, exception.Message, null, "SC2011"),
    };
}
