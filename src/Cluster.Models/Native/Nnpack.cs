using System.Runtime.InteropServices;
using TorchSharp;

namespace SearchCluster.Models.Native;

/// <summary>Switches NNPACK off, as <c>torch.backends.nnpack.set_flags(False)</c> does in Python; TorchSharp has no call for it.</summary>
/// <remarks>
/// libtorch asks NNPACK for some convolutions of single images and, on processors that it does not know, writes
/// a warning to standard error for each of them. Without it libtorch's own convolution is used everywhere, so numbers do not depend on
/// whether NNPACK knows the processor.
/// </remarks>
internal static unsafe class Nnpack
{
    /// <summary>Switches it off where libtorch exports the switch (Linux, macOS); elsewhere there is no NNPACK.</summary>
    public static void Disable()
    {
        if (NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out var library)
            && NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out var context)
            && NativeLibrary.TryGetExport(library, "_ZN2at7Context20setUserEnabledNNPACKEb", out var set))
        {
            ((delegate* unmanaged<nint, byte, void>)set)(((delegate* unmanaged<nint>)context)(), 0);
        }
    }
}
