using SearchCluster.Models.Native;

namespace SearchCluster.Cli.Commands.Machine;

/// <summary>Loads libtorch and lets it compute. Apart from the other checks, so that only this one loads it.</summary>
internal static class TorchCheck
{
    public static Check Run()
    {
        try
        {
            var info = TorchRuntime.Initialize();
            var cuda = info.CudaDevices == 0 ? "CPU only" : $"{info.CudaDevices} CUDA devices";
            var source = info.LibraryFolder is null ? "packaged" : $"from {info.LibraryFolder}";
            var fused = info.HasFusedOptimizers ? "fused optimizers" : "without fused optimizers (slower)";
            var oneDnn = info.UsesOneDnn ? "" : "; oneDNN computes wrong on this processor and is switched off (slower)";
            return new("libtorch", CheckResult.Ok, $"{source}, {cuda}, {fused}{oneDnn}");
        }
        catch (TorchUnavailableException exception)
        {
            return new(
                "libtorch",
                CheckResult.Problem,
                exception.Message,
                $"install it with the tool, or name a folder that holds it in ${TorchRuntime.LibraryFolderVariable}");
        }
    }
}
