using System.Globalization;
using SearchCluster.Cli.Failures;
using SearchCluster.GpuWorker.Devices;

namespace SearchCluster.Cli.InProcess;

/// <summary>Picks GPUs by <c>--gpus</c>.</summary>
internal static class GpuChoice
{
    public const string Rule = "all, none, or numbers and UUIDs of GPUs separated by commas, for example 0,1";

    /// <summary>No GPU at all.</summary>
    public const string None = "none";

    private const string All = "all";

    /// <summary>Tells whether a text can be one.</summary>
    public static bool IsValid(string text) =>
        text is All or None || text.Split(',', StringSplitOptions.TrimEntries).All(entry => IsNumber(entry) || IsUuid(entry));

    /// <summary>The GPUs of the machine that <c>CUDA_VISIBLE_DEVICES</c> leaves.</summary>
    /// <param name="variable">The environment.</param>
    public static GpuQueryResult Visible(Func<string, string?> variable) =>
        new DeviceInventory(new NvidiaSmiQuery(), () => true, variable).VisibleGpus();

    /// <summary>Picks.</summary>
    /// <param name="choice">What was asked for; null for all that there are.</param>
    /// <param name="visible">The GPUs of the machine that <c>CUDA_VISIBLE_DEVICES</c> leaves.</param>
    /// <exception cref="CliException">One was asked for that is not there.</exception>
    public static IReadOnlyList<Gpu> Pick(string? choice, GpuQueryResult visible)
    {
        if (choice == None)
        {
            return [];
        }

        if (choice is null || (choice == All && visible.Gpus.Count > 0))
        {
            return visible.Gpus;
        }

        var problem = visible.Problem ?? (visible.Gpus.Count == 0 ? "no GPU is visible" : null);
        if (choice == All)
        {
            throw Missing($"--gpus is all, but {problem}.", visible);
        }

        var picked = new List<Gpu>();
        foreach (var entry in choice.Split(',', StringSplitOptions.TrimEntries))
        {
            var named = visible.Gpus.Where(gpu => gpu.IsNamedBy(entry)).ToList();
            if (named.Count == 0)
            {
                throw Missing($"--gpus names {SafeText.Of(entry)}, but "
                    + $"{problem ?? "there is no such GPU among the visible ones"}.", visible);
            }

            picked.AddRange(named.Except(picked));
        }

        return picked;
    }

    private static CliException Missing(string message, GpuQueryResult visible) => new(
        ExitCodes.NoSuitableWorker,
        message,
        visible.Gpus.Count == 0
            ? "train on the CPU with --gpus none, or see searchcluster doctor"
            : "there are " + string.Join(", ", visible.Gpus.Select(gpu => $"{gpu.ShortName[4..]} ({gpu.Name}, {gpu.Uuid})")),
        CommandCodes.NoSuitableWorker);

    private static bool IsNumber(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsUuid(string text) =>
        (text.StartsWith("GPU-", StringComparison.OrdinalIgnoreCase) || text.StartsWith("MIG-", StringComparison.OrdinalIgnoreCase))
            && text.Length > 4;
}
