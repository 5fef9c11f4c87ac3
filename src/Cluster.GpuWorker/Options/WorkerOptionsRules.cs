using System.Globalization;
using SearchCluster.Hosting.Cluster;

namespace SearchCluster.GpuWorker.Options;

/// <summary>The rules of <see cref="WorkerOptions"/>, one sentence for each that is broken.</summary>
internal static class WorkerOptionsRules
{
    private const int MaximumLabels = 64;
    private const long LeastCache = 1L << 20;

    private static readonly TimeSpan LongestLeave = TimeSpan.FromSeconds(25);

    public static IEnumerable<string> Violations(WorkerOptions options)
    {
        if (options.Name is { } name && !IsWorkerName(name))
        {
            yield return $"Name is \"{name}\", but must be 1 to {WorkerId.MaximumLength} of letters, digits, '-', '_', '.' and ':', and "
                + $"must not be dots only.";
        }

        if (options.Slots is < 1 or > WorkerOptions.MaximumSlots)
        {
            yield return $"Slots is {options.Slots}, but must be 1 to {WorkerOptions.MaximumSlots}.";
        }

        if (!DeviceRequest.TryParse(options.Device, out _))
        {
            yield return $"Device is \"{options.Device}\", but must be auto, cpu, cuda or cuda:N.";
        }

        foreach (var violation in Coordinators(options))
        {
            yield return violation;
        }

        if (options.DataCacheBytes < LeastCache)
        {
            yield return $"The data cache may have {options.DataCacheBytes} bytes, but must have at least {LeastCache} (1 MiB).";
        }

        foreach (var violation in Labels(options.Labels).Concat(Timings(options.Timings)))
        {
            yield return violation;
        }
    }

    /// <summary>Splits <c>host:port</c>; the last colon separates, so a bracketed IPv6 address works.</summary>
    public static bool TryReadAddress(string text, out string host, out int port)
    {
        var colon = text.LastIndexOf(':');
        host = colon < 1 ? "" : text[..colon];
        port = 0;
        return host.Length > 0
            && !host.Any(char.IsWhiteSpace)
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port is >= 1 and <= 65535;
    }

    /// <summary>The addresses of a list, in its order.</summary>
    public static string[] Addresses(string list) => list.Split(',', StringSplitOptions.TrimEntries);

    private static IEnumerable<string> Coordinators(WorkerOptions options)
    {
        foreach (var address in options.Coordinator is { } list ? Addresses(list) : [])
        {
            if (!IsAddress(address))
            {
                yield return $"Coordinator is \"{address}\", but must be host:port with a port from 1 to 65535, or several with commas "
                    + "between.";
            }
            else if (TryReadAddress(address, out var called, out _)
                && AddressRule.CallRefusal(called, options.StateFolder, options.Clock) is { } refusal)
            {
                yield return refusal;
            }
        }
    }

    private static bool IsAddress(string text) => TryReadAddress(text, out _, out _);

    private static bool IsWorkerName(string name)
    {
        try
        {
            _ = new WorkerId(name);
            return name.Any(c => c is not '.');
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Labels(ValueMap<string> labels)
    {
        if (labels.Count > MaximumLabels)
        {
            yield return $"There are {labels.Count} labels, but at most {MaximumLabels} are allowed.";
        }

        foreach (var (name, value) in labels.Where(label => label.Key.Length is < 1 or > 64 || label.Value.Length > 200))
        {
            yield return $"Label \"{name}\" has {name.Length} characters and its value {value.Length}, but at most 64 and 200 are allowed.";
        }
    }

    private static IEnumerable<string> Timings(WorkerTimings timings)
    {
        (string Name, TimeSpan Value)[] all =
        [
            (nameof(timings.Heartbeat), timings.Heartbeat),
            (nameof(timings.ResendAfter), timings.ResendAfter),
            (nameof(timings.ResendLimit), timings.ResendLimit),
            (nameof(timings.SilenceLimit), timings.SilenceLimit),
            (nameof(timings.FirstWelcomeLimit), timings.FirstWelcomeLimit),
            (nameof(timings.TurnLimit), timings.TurnLimit),
            (nameof(timings.ReconnectAfter), timings.ReconnectAfter),
            (nameof(timings.ReconnectLimit), timings.ReconnectLimit),
            (nameof(timings.LeaveLimit), timings.LeaveLimit),
        ];
        var violations = all.Where(t => t.Value <= TimeSpan.Zero)
            .Select(t => $"{t.Name} is {Durations.Of(t.Value)}, but must be above zero.");
        return timings.LeaveLimit <= LongestLeave
            ? violations
            : violations.Append(
                $"{nameof(timings.LeaveLimit)} is {Durations.Of(timings.LeaveLimit)}, but must be at most {Durations.Of(LongestLeave)}, so "
                    + $"that the process is gone within 30 s.");
    }
}
