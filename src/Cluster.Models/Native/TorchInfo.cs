namespace SearchCluster.Models.Native;

/// <summary>What libtorch offers in this process.</summary>
/// <param name="LibraryFolder">Folder named by <see cref="TorchRuntime.LibraryFolderVariable"/>, or null for
/// the packaged libraries.</param>
/// <param name="HasFusedOptimizers">True when libtorch's fused optimizer kernels can be called; otherwise
/// <c>torch.optim</c> is used.</param>
/// <param name="CudaDevices">Number of usable CUDA devices, 0 for none.</param>
/// <param name="UsesOneDnn">False where oneDNN computes wrong on this processor, so that libtorch's own code is used for recurrent layers
/// and convolutions on the CPU: slower, and right.</param>
public sealed record TorchInfo(string? LibraryFolder, bool HasFusedOptimizers, int CudaDevices, bool UsesOneDnn);
