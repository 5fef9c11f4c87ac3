using System.ComponentModel;
using System.Diagnostics;

namespace SearchCluster.GpuWorker.Devices;

/// <summary>Asks the NVIDIA driver's <c>nvidia-smi</c>, with a time limit because it hangs when the driver does.</summary>
/// <param name="fileName">The program.</param>
/// <param name="limit">Longest wait for it.</param>
public sealed class NvidiaSmiQuery(string fileName = "nvidia-smi", TimeSpan? limit = null) : IGpuQuery
{
    private readonly TimeSpan _limit = limit ?? TimeSpan.FromSeconds(5);

    private string Refusal => $"{fileName} ended with code";

    /// <inheritdoc />
    public GpuQueryResult Query()
    {
        var (output, problem) = List($"{Gpu.QueryColumns},{Gpu.PartitionColumn}");
        if (output is null && problem!.StartsWith(Refusal, StringComparison.Ordinal))
        {
            (output, problem) = List(Gpu.QueryColumns);
        }

        if (output is null)
        {
            return new([], problem);
        }

        string? partsProblem = null;
        var gpus = Gpu.Parse(output, () =>
        {
            (var list, partsProblem) = Run("-L");
            return list is null ? [] : GpuParts.Parse(list);
        });
        return new(gpus, partsProblem);
    }

    private (string? Output, string? Problem) List(string columns) => Run($"--query-gpu={columns}", "--format=csv,noheader,nounits");

    private (string? Output, string? Problem) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using var process = Process.Start(start);
            return process is null ? (null, $"{fileName} did not start") : Read(process);
        }
        catch (Win32Exception)
        {
            return (null, $"{fileName} was not found");
        }
    }

    private (string? Output, string? Problem) Read(Process process)
    {
        // Its answer is a few hundred bytes, so it fits into the pipe and can be read after the end.
        if (!process.WaitForExit(_limit))
        {
            process.Kill(entireProcessTree: true);
            return (null, $"{fileName} did not answer within {Durations.Of(_limit)}");
        }

        return process.ExitCode == 0
            ? (process.StandardOutput.ReadToEnd(), null)
            : (null, $"{Refusal} {process.ExitCode}");
    }
}
