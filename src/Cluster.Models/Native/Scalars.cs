using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Native;

/// <summary>Numbers as libtorch wants them, kept for good.</summary>
/// <remarks>
/// TorchSharp turns a number argument into a <see cref="Scalar"/> whose finalizer frees it, and does not keep it alive during the call: a
/// garbage collection in between, which other threads start, leaves the kernel with freed memory. One in a few hundred thousand calls failed or
/// computed nonsense. So what runs at each step takes its numbers from here; <see cref="Squared"/> is there because <c>square</c> makes such a number itself.
/// </remarks>
internal static class Scalars
{
    private static readonly ConcurrentDictionary<double, Scalar> Reals = new();
    private static readonly ConcurrentDictionary<long, Scalar> Wholes = new();

    /// <summary>A real number; use it for values that recur, such as constants and hyperparameters.</summary>
    public static Scalar Of(double value) => Reals.GetOrAdd(value, static number => number);

    /// <summary>A whole number.</summary>
    public static Scalar Of(long value) => Wholes.GetOrAdd(value, static number => number);

    /// <summary>Squares each element.</summary>
    public static Tensor Squared(this Tensor values) => values.mul(values);
}
