using System.Globalization;

namespace SearchCluster.Benchmarks.Throughput;

/// <summary>Prints results as a Markdown table, ready for the documentation.</summary>
internal static class ResultTable
{
    public const string Header =
        "| slots/worker | measurements | run | trials/s | events/s | journal writes | events/write | ms/write "
        + "| CPU s coordinator | CPU s workers | s | MB coordinator |\n"
        + "| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |";

    public static string Row(ThroughputResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {result.Slots} | {result.Measurements} | {result.Run} "
            + $"| {result.TrialsPerSecond:N0} | {result.EventsPerSecond:N0} | {Text(result.JournalWrites, "N0")} "
            + $"| {Text(result.EventsPerWrite, "F1")} | {Text(result.MillisecondsPerWrite, "F2")} | {result.CoordinatorCpuSeconds:F1} "
            + $"| {result.WorkerCpuSeconds:F1} | {result.Seconds:F1} | {result.CoordinatorMemory?.ToString() ?? "-"} |");

    private static string Text<T>(T? value, string format)
        where T : struct, IFormattable => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
