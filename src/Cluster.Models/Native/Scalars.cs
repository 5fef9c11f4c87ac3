using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Native;

/// <summary>Numbers as libtorch wants them, and sums of tensors, that live as long as the kernel that reads
/// them. Use them in networks of your own too.</summary>
/// <remarks>
/// TorchSharp turns a number argument into a <see cref="Scalar"/> whose finalizer frees it, and does not keep
/// it alive during the call; so do
/// <c>add(Tensor)</c>, <c>+</c>, <c>square</c> and others with numbers that they make themselves. A garbage
/// collection in between, which other threads start, leaves the kernel with freed memory: it fails with an internal assertion, or computes
/// with another number. Tests that train many networks met it about once in six runs. <c>ScalarLifetimeTests</c> reads the code of this
/// assembly for calls that can meet it.
/// </remarks>
public static class Scalars
{
    private static readonly ConcurrentDictionary<double, Scalar> Reals = new();
    private static readonly ConcurrentDictionary<long, Scalar> Wholes = new();
    private static readonly Scalar One = Of(1L);

    /// <summary>A real number that is kept for good; for values that recur, such as constants and hyperparameters.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The same object for the same number; never dispose it.</returns>
    public static Scalar Of(double value) => Reals.GetOrAdd(value, New);

    /// <summary>A whole number that is kept for good.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The same object for the same number; never dispose it.</returns>
    public static Scalar Of(long value) => Wholes.GetOrAdd(value, static number => number);

    /// <summary>A number that does not recur; hold it with <c>using</c> until the call is over.</summary>
    /// <param name="value">The number.</param>
    /// <returns>A new object, which the caller disposes.</returns>
    public static Scalar New(double value) => value;

    /// <summary>Adds two tensors.</summary>
    /// <param name="left">Any shape.</param>
    /// <param name="right">A shape that fits.</param>
    /// <returns>The sum.</returns>
    public static Tensor Plus(this Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.add(right, One);
    }

    /// <summary>Adds a number that recurs to each element.</summary>
    /// <param name="left">Any shape.</param>
    /// <param name="right">The number.</param>
    /// <returns>The sum.</returns>
    public static Tensor Plus(this Tensor left, double right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.add(Of(right), One);
    }

    /// <summary>Adds a tensor to this one in place.</summary>
    /// <param name="left">Any shape.</param>
    /// <param name="right">A shape that fits.</param>
    /// <returns>The first tensor.</returns>
    public static Tensor Increase(this Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.add_(right, One);
    }

    /// <summary>Multiplies each element by a number that does not recur.</summary>
    /// <param name="left">Any shape.</param>
    /// <param name="right">The number.</param>
    /// <returns>The products.</returns>
    public static Tensor Times(this Tensor left, double right)
    {
        ArgumentNullException.ThrowIfNull(left);
        using var factor = New(right);
        return left.mul(factor);
    }

    /// <summary>Fills a tensor with a number that does not recur.</summary>
    /// <param name="tensor">Any shape.</param>
    /// <param name="value">The number.</param>
    internal static void Fill(this Tensor tensor, double value)
    {
        using var scalar = New(value);
        tensor.fill_(scalar);
    }

    /// <summary>Squares each element.</summary>
    /// <param name="values">Any shape.</param>
    /// <returns>The squares.</returns>
    public static Tensor Squared(this Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.mul(values);
    }

    /// <summary>Counts from 0.</summary>
    /// <param name="count">How many numbers.</param>
    /// <returns>Int64, on the host.</returns>
    internal static Tensor Count(long count) => arange(Of(0L), Of(count), One, int64);
}
