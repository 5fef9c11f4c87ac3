using SearchCluster.Contracts;

namespace SearchCluster.GpuWorker.Devices;

/// <summary>The device a worker runs on.</summary>
/// <param name="Description">What the coordinator is told.</param>
/// <param name="ShortName">Part of the default worker name: <c>cpu</c> or <c>cuda0</c>.</param>
/// <param name="TorchDevice">How libtorch names it: <c>cpu</c> or <c>cuda:0</c>.</param>
/// <param name="DefaultSlots">As many as cores on a CPU, at most 64; 1 on a GPU.</param>
/// <param name="Note">One line on why this device was chosen.</param>
public sealed record WorkerDevice(DeviceDescription Description, string ShortName, string TorchDevice, int DefaultSlots, string Note);

/// <summary>The device that was asked for does not exist here; the message says what does.</summary>
public sealed class DeviceUnavailableException(string message) : SearchClusterException(message);
