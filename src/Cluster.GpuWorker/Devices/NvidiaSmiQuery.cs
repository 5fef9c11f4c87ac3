using System.ComponentModel;
using System.Diagnostics;

namespace SearchCluster.GpuWorker.Devices;

/// <summary>Asks the NVIDIA driver's <c>nvidia-smi</c>, with a time limit because it hangs when the driver does.</summary>
/// <param name="fileName">The program.</param>
/// <param name="limit">Longest wait for it.</param>
public sealed class NvidiaSmiQuery(string fileName = "nvidia-smi", TimeSpan? limit = null) : IGpuQuery
{
    private readonly TimeSpan _limit = limit ?? TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public GpuQueryResult Query()
    {
        var start = new ProcessStartInfo(fileName)
        {
            ArgumentList = { $"--query-gpu={Gpu.QueryColumns}", "--format=csv,noheader,nounits" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using var process = Process.Start(start);
            return process is null ? new([], $"{fileName} did not start") : Read(process);
        }
        catch (Win32Exception)
        {
            return new([], $"{fileName} was not found");
        }
    }

    private GpuQueryResult Read(Process process)
    {
        // Its answer is a few hundred bytes, so it fits into the pipe and can be read after the end.
        if (!process.WaitForExit(_limit))
        {
            process.Kill(entireProcessTree: true);
            return new([], $"{fileName} did not answer within {_limit.TotalSeconds:0} s");
        }

        return process.ExitCode == 0
            ? new(Gpu.Parse(process.StandardOutput.ReadToEnd()))
            : new([], $"{fileName} ended with code {process.ExitCode}");
    }
}
