using System.Globalization;

namespace SearchCluster.Benchmarks.Throughput;

/// <summary>Memory of a process as Linux counts it, in MB.</summary>
/// <param name="Resident">All pages in memory (VmRSS).</param>
/// <param name="Peak">The most so far (VmHWM).</param>
/// <param name="Private">Those that are no pages of program files, which all processes share and the system can drop.</param>
internal sealed record ProcessMemory(double Resident, double Peak, double Private)
{
    public static ProcessMemory? Of(int process)
    {
        var file = $"/proc/{process}/status";
        if (!File.Exists(file))
        {
            return null;
        }

        var megabytes = File.ReadLines(file)
            .Select(line => line.Split([':', '\t', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is [_, _, "kB"])
            .ToDictionary(
                words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture) * 1024 / 1e6, StringComparer.Ordinal);
        return new(megabytes["VmRSS"], megabytes["VmHWM"], megabytes["RssAnon"] + megabytes["RssShmem"]);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Resident:F0} ({Private:F0} private, peak {Peak:F0})");
}
