using System.Globalization;

namespace SearchCluster.Coordinator.Actors.Workers;

/// <summary>What a worker may say of itself; the reason of a refusal is fit for people.</summary>
internal static class WorkerLimits
{
    /// <summary>Most slots of one worker.</summary>
    public const int Slots = 64;

    /// <summary>Most workers of one cluster.</summary>
    public const int Workers = 500;

    /// <summary>Most labels of one worker.</summary>
    public const int Labels = 64;

    /// <summary>Longest label name, label value, device name, incarnation or version.</summary>
    public const int Text = 200;

    /// <summary>Longest path of a worker's folder.</summary>
    public const int Path = 4_096;

    /// <summary>Most leases that one hello may name: what runs and what waits in the outbox.</summary>
    public const int Held = 10_000;

    /// <summary>Checks what a worker says.</summary>
    /// <param name="hello">What the worker says of itself, and the leases that it holds.</param>
    /// <param name="version">The coordinator's version.</param>
    /// <returns>Why it is refused, or null when it is welcome.</returns>
    public static string? Refusal(WorkerProtocol.WorkerHello hello, string version)
    {
        var worker = hello.Worker;
        if (worker.Version != version)
        {
            return $"Worker {worker.WorkerId} has version {Short(worker.Version)}, but the coordinator has {version}; "
                + $"both must be equal. Install {version} on the worker.";
        }

        if (worker.Slots is < 1 or > Slots)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"Worker {worker.WorkerId} offers {worker.Slots} slots, but must offer 1 to {Slots}.");
        }

        if (worker.Labels.Count > Labels)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"Worker {worker.WorkerId} has {worker.Labels.Count} labels, but may have at most {Labels}.");
        }

        if (hello.Held.Count > Held)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"Worker {worker.WorkerId} holds {hello.Held.Count} leases, but may hold at most {Held}.");
        }

        if (hello.CleanExits is { Count: > WorkerProtocol.MostCleanExits and var exits })
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Worker {worker.WorkerId} names {exits} earlier processes, but may name at most {WorkerProtocol.MostCleanExits}.");
        }

        var tooLong = worker.Labels.SelectMany(label => new[] { label.Key, label.Value })
            .Append(worker.Device.Name).Append(worker.Device.Kind).Append(worker.Incarnation)
            .Append(worker.Process?.Host ?? "").Append(worker.Process?.FolderId ?? "")
            .Concat(hello.CleanExits ?? [])
            .FirstOrDefault(text => text.Length > Text);
        if (tooLong is not null)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Worker {worker.WorkerId} sent a text of {tooLong.Length} characters for a label, "
                    + $"device, incarnation or host, but may send at most {Text}.");
        }

        return worker.Process is { Folder.Length: > Path and var length }
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Worker {worker.WorkerId} has a folder whose path has {length} characters, but may have at most {Path}.")
            : null;
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
