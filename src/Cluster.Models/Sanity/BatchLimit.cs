using System.Globalization;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;
using TorchSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Sanity;

/// <summary>Doubles the rows of a step until they do not fit, there are no more, or it takes too long.</summary>
/// <remarks>
/// On a GPU the step that does not fit is tried and fails. On a CPU the system would end the process instead,
/// so the next step is not tried when twice the memory of the last one is more than the machine has left.
/// </remarks>
/// <param name="Largest">Most rows that fit.</param>
/// <param name="BytesPerRow">Memory of a step for each row, the most that was seen: small steps use again what is allocated already; null
/// where it cannot be measured.</param>
/// <param name="Reason">What kept it from being larger.</param>
internal sealed record BatchLimit(int Largest, double? BytesPerRow, string Reason)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static BatchLimit Find(int batchSize, int rows, Device device, WorkContext context, Action<int> step)
    {
        var (start, size, largest, perRow) = (context.Clock.GetTimestamp(), batchSize, 0, (double?)null);
        while (true)
        {
            long? bytes;
            try
            {
                bytes = PeakMemory.During(() => step(size));
            }
            catch (Exception failure) when (largest > 0 && FailureClassifier.Classify(failure).Failure.Kind == TrialFailureKind.OutOfMemory)
            {
                return new(largest, perRow, $"{size} rows do not fit into memory");
            }

            bytes = device.type == DeviceType.CPU ? bytes : null;
            largest = size;
            perRow = bytes is { } measured ? Math.Max(perRow ?? 0, measured / (double)size) : null;
            if (size >= rows)
            {
                return new(size, perRow, "those are all training rows");
            }

            var left = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
            if (device.type == DeviceType.CPU && 2 * bytes > left)
            {
                return new(size, perRow, string.Create(
                    CultureInfo.InvariantCulture,
                    $"twice as many rows need about {2 * bytes / (1024.0 * 1024):0} MiB, and {left / (1024.0 * 1024):0} MiB are left"));
            }

            if (context.Clock.GetElapsedTime(start) > Longest / 3)
            {
                return new(
                    size, perRow, $"larger ones were not tried: steps up to here took {Durations.Of(context.Clock.GetElapsedTime(start))}");
            }

            size = Math.Min(rows, 2 * size);
        }
    }
}
