using System.Runtime.InteropServices;
using TorchSharp;

namespace SearchCluster.Models.Native;

/// <summary>Turns a failed load into one sentence with cause and fix; TorchSharp's own text names a missing
/// package whatever the cause.</summary>
internal static class LoadFailure
{
    private static readonly string[] Libraries = ["torch_cpu", "LibTorchSharp"];

    public static string Explain(Exception failure, string? folder)
    {
        var told = string.Join(" ", Messages(failure)) + " " + LoaderMessage();
        if (told.Contains("GLIBCXX_", StringComparison.Ordinal) || told.Contains("CXXABI_", StringComparison.Ordinal))
        {
            return "TorchSharp's native library asks for a newer libstdc++ than this system has (GLIBCXX_3.4.32, GCC 13); "
                + "build or publish with this repository's eng/TorchNative.targets, which lifts that demand, or run on a newer system.";
        }

        if (told.Contains("GLIBC_", StringComparison.Ordinal))
        {
            return "libtorch asks for a newer C library (glibc) than this system has; run on glibc 2.29 or newer.";
        }

        if (told.Contains("libcuda", StringComparison.Ordinal)
            || told.Contains("libcudart", StringComparison.Ordinal)
            || told.Contains("CUDA driver", StringComparison.Ordinal))
        {
            return "libtorch's CUDA libraries do not find a fitting NVIDIA driver; install driver 570 or newer (CUDA 12.8), or use a build "
                + "with -p:TorchBackend=cpu.";
        }

        return folder is null
            ? $"libtorch was not found beside the program; restore and build again, or set {TorchRuntime.LibraryFolderVariable} to a "
                + $"folder with libtorch 2.10 ({FirstLine(failure)})."
            : $"libtorch in '{folder}' cannot be loaded: {FirstLine(failure)}; {TorchRuntime.LibraryFolderVariable} must name a folder of "
                + $"libtorch 2.10.";
    }

    private static IEnumerable<string> Messages(Exception failure)
    {
        for (var current = failure; current is not null; current = current.InnerException)
        {
            yield return current.Message;
        }
    }

    private static string FirstLine(Exception failure) => Messages(failure).Last().Split('\n')[0].TrimEnd('.', '\r', ' ');

    private static string LoaderMessage()
    {
        foreach (var library in Libraries)
        {
            try
            {
                NativeLibrary.Load(library, typeof(torch).Assembly, null);
            }
            catch (Exception refused) when (refused is DllNotFoundException or BadImageFormatException)
            {
                return refused.Message;
            }
        }

        return "";
    }
}
