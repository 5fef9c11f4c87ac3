using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;

namespace SearchCluster.Models.Native;

/// <summary>Loads libtorch once per process, sets one thread per operation and proves that it computes.</summary>
/// <remarks>
/// A trial runs on one thread of its own: with two threads per operation, small operations end in a futex wait each and the
/// trials of the other slots lose more than one trial gains. <c>OMP_NUM_THREADS=1</c> in the environment says the same to libgomp.
/// </remarks>
public static class TorchRuntime
{
    /// <summary>Environment variable that names a folder with libtorch's libraries, for example a PyTorch
    /// installation's <c>torch/lib</c>.</summary>
    public const string LibraryFolderVariable = "SEARCHCLUSTER_LIBTORCH";

    // TorchSharp binds to libtorch by soname, so libraries that are already in the process win over the search path.
    private static readonly string[] PreloadOrder = ["c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch"];
    private static readonly string[] RequiredLibraries = ["c10", "torch_cpu"];

    private static readonly Lazy<TorchInfo> Loaded = new(Load);

    internal static AtenDispatcher? Dispatcher { get; private set; }

    /// <summary>Makes tensors usable; the first call does the work, later calls give the same answer.</summary>
    /// <returns>What was loaded.</returns>
    /// <exception cref="TorchUnavailableException">libtorch is missing, too new for this system, or has no
    /// usable device driver.</exception>
    public static TorchInfo Initialize() => Loaded.Value;

    /// <summary>Checks that tensors can live on a device.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:0</c>.</param>
    /// <exception cref="TorchUnavailableException">libtorch, or the device, cannot be used.</exception>
    internal static torch.Device OpenDevice(string device)
    {
        var info = Initialize();
        if (device == "cpu")
        {
            return torch.CPU;
        }

        // TorchSharp would try to load the device at once, and explain a failure by a missing package.
        var index = 0;
        if (device != "cuda"
            && !(device.StartsWith("cuda:", StringComparison.Ordinal)
                && int.TryParse(device.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index)))
        {
            throw new TorchUnavailableException($"Device '{DisplayText.Shorten(device)}' is unknown; write cpu, cuda or cuda:0.");
        }

        if (index >= info.CudaDevices)
        {
            throw new TorchUnavailableException(
                $"Device '{device}' is not there: libtorch sees {info.CudaDevices} CUDA device(s); "
                    + $"check the NVIDIA driver with nvidia-smi, "
                + "CUDA_VISIBLE_DEVICES, and that the program was built with -p:TorchBackend=cuda.");
        }

        return torch.device(device);
    }

    private static TorchInfo Load()
    {
        var folder = Environment.GetEnvironmentVariable(LibraryFolderVariable) is { Length: > 0 } named ? named : null;
        if (folder is not null)
        {
            Preload(folder);
        }

        HostAllocator.Configure();
        try
        {
            torch.set_num_threads(1);
            ProveThatItComputes();
            Nnpack.Disable();
            var usesOneDnn = OneDnn.Verify();
            Dispatcher = AtenDispatcher.TryLoad();
            var cudaDevices = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
            return new TorchInfo(folder, HasFusedOptimizers: FusedKernels.Work(Dispatcher), cudaDevices, usesOneDnn);
        }
        catch (Exception failure) when (failure is TypeInitializationException
            or NotSupportedException
            or DllNotFoundException
            or EntryPointNotFoundException
            or ExternalException)
        {
            throw new TorchUnavailableException(LoadFailure.Explain(failure, folder), failure);
        }
    }

    private static void ProveThatItComputes()
    {
        using var scope = torch.NewDisposeScope();
        var sum = torch.ones(1).Plus(torch.ones(1)).item<float>();
        if (sum != 2)
        {
            throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"1 + 1 gave {sum}."));
        }
    }

    private static void Preload(string folder)
    {
        foreach (var library in PreloadOrder)
        {
            var file = Path.Combine(folder, FileName(library));
            if (File.Exists(file))
            {
                try
                {
                    NativeLibrary.Load(file);
                }
                catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
                {
                    throw new TorchUnavailableException(LoadFailure.Explain(failure, folder), failure);
                }
            }
            else if (RequiredLibraries.Contains(library))
            {
                throw new TorchUnavailableException(
                    $"{LibraryFolderVariable} is '{folder}', but {FileName(library)} is not in it; "
                        + $"give the folder that holds libtorch's libraries, "
                    + "for example a PyTorch installation's torch/lib.");
            }
        }
    }

    private static string FileName(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";
}
