using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Native;

/// <summary>Calls ATen operators that TorchSharp does not bind, through the C interface that libtorch exports
/// for ahead-of-time compiled models.</summary>
/// <remarks>
/// That interface passes every argument in a 64-bit slot: doubles by their bits, booleans and absent optionals as 0 or 1, tensors and
/// lists as owned handles, which the callee frees. <see cref="Tensor.Handle"/> is a pointer to an <c>at::Tensor</c>, which is what the
/// interface calls a tensor handle. Arguments of schema type Scalar cannot be passed.
/// </remarks>
internal sealed unsafe class AtenDispatcher
{
    private readonly delegate* unmanaged<byte*, byte*, ulong*, int> _call;
    private readonly delegate* unmanaged<nint, nint*, int> _newHandle;
    private readonly delegate* unmanaged<nuint, nint*, int> _newList;
    private readonly delegate* unmanaged<nint, ulong, int> _push;
    private readonly delegate* unmanaged<nint, void**, int> _dataPointer;

    private AtenDispatcher(nint call, nint newHandle, nint newList, nint push, nint dataPointer)
    {
        _call = (delegate* unmanaged<byte*, byte*, ulong*, int>)call;
        _newHandle = (delegate* unmanaged<nint, nint*, int>)newHandle;
        _newList = (delegate* unmanaged<nuint, nint*, int>)newList;
        _push = (delegate* unmanaged<nint, ulong, int>)push;
        _dataPointer = (delegate* unmanaged<nint, void**, int>)dataPointer;
    }

    /// <summary>Binds the entry points; call after TorchSharp has loaded libtorch.</summary>
    /// <returns>The dispatcher, or null when this libtorch does not export all of them.</returns>
    public static AtenDispatcher? TryLoad()
    {
        if (!NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out var library))
        {
            return null;
        }

        return NativeLibrary.TryGetExport(library, "aoti_torch_call_dispatcher", out var call)
            && NativeLibrary.TryGetExport(library, "aoti_torch_new_tensor_handle", out var newHandle)
            && NativeLibrary.TryGetExport(library, "torch_new_list_reserve_size", out var newList)
            && NativeLibrary.TryGetExport(library, "torch_list_push_back", out var push)
            && NativeLibrary.TryGetExport(library, "aoti_torch_get_data_ptr", out var dataPointer)
                ? new AtenDispatcher(call, newHandle, newList, push, dataPointer)
                : null;
    }

    public static ulong Slot(double value) => BitConverter.DoubleToUInt64Bits(value);

    public static ulong Slot(bool value) => value ? 1UL : 0UL;

    /// <summary>Makes an owned list of tensor handles; the operator it is passed to frees it.</summary>
    public ulong List(ReadOnlySpan<nint> tensors)
    {
        nint list;
        Check(_newList((nuint)tensors.Length, &list), "torch_new_list_reserve_size");
        foreach (var tensor in tensors)
        {
            nint handle;
            Check(_newHandle(tensor, &handle), "aoti_torch_new_tensor_handle");
            Check(_push(list, (ulong)handle), "torch_list_push_back");
        }

        return (ulong)list;
    }

    /// <summary>Calls an operator of the default overload.</summary>
    /// <param name="name">UTF-8 name as in <c>"aten::mul"u8</c>; such literals end in a zero byte.</param>
    /// <param name="stack">Arguments in; the first slots hold the results afterwards.</param>
    public void Call(ReadOnlySpan<byte> name, Span<ulong> stack)
    {
        fixed (byte* operatorName = name, overload = "\0"u8)
        fixed (ulong* slots = stack)
        {
            Check(_call(operatorName, overload, slots), "aoti_torch_call_dispatcher");
        }
    }

    /// <summary>Finds the memory of a contiguous CPU tensor; valid as long as the tensor lives.</summary>
    public float* DataOf(Tensor tensor)
    {
        void* pointer;
        Check(_dataPointer(tensor.Handle, &pointer), "aoti_torch_get_data_ptr");
        return (float*)pointer;
    }

    private static void Check(int status, string function)
    {
        if (status != 0)
        {
            throw new TensorOperatorException($"libtorch's {function} failed with status {status}; its reason is on standard error.");
        }
    }
}
