using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SearchCluster.GpuWorker.Options;

/// <summary>Which device a worker was told to use.</summary>
/// <param name="Kind">What was asked for.</param>
/// <param name="Index">Number of the GPU among the visible ones; null for the first.</param>
public sealed record DeviceRequest(DeviceRequestKind Kind, int? Index = null)
{
    /// <summary>Reads <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DeviceRequest? request)
    {
        request = text switch
        {
            "auto" => new(DeviceRequestKind.Auto),
            "cpu" => new(DeviceRequestKind.Cpu),
            "cuda" => new(DeviceRequestKind.Cuda),
            not null when text.StartsWith("cuda:", StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index) =>
                    new(DeviceRequestKind.Cuda, index),
            _ => null,
        };
        return request is not null;
    }
}

/// <summary>Kinds of <see cref="DeviceRequest"/>.</summary>
public enum DeviceRequestKind
{
    /// <summary>The first visible GPU that libtorch can use, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>A GPU; the worker refuses to start without one.</summary>
    Cuda,
}
