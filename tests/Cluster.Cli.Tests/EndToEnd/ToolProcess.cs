using System.Diagnostics;
using System.Globalization;

namespace SearchCluster.Cli.Tests.EndToEnd;

/// <summary>The tool as a process of its own, as built beside the tests.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _out;

    private ToolProcess(Process process)
    {
        _process = process;
        _out = process.StandardOutput.ReadToEndAsync();
    }

    public static ToolProcess Start(string folder, string arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "searchcluster.dll"));
        arguments.Split(' ').ToList().ForEach(start.ArgumentList.Add);
        variables.ToList().ForEach(variable => start.Environment[variable.Name] = variable.Value);
        return new(Process.Start(start)!);
    }

    /// <summary>Starts it by a line of a shell, which sends its streams elsewhere or sets limits.</summary>
    public static ToolProcess StartShell(string folder, string line)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", line])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{Path.GetDirectoryName(Environment.ProcessPath)}:{Environment.GetEnvironmentVariable("PATH")}";
        return new(Process.Start(start)!);
    }

    /// <summary>Reads standard error until a line holds a text; returns what was read.</summary>
    public async Task<string> ReadErrorUntilAsync(string text, CancellationToken cancellation)
    {
        var read = string.Empty;
        while (!read.Contains(text, StringComparison.Ordinal) && await _process.StandardError.ReadLineAsync(cancellation) is { } line)
        {
            read += line + "\n";
        }

        return read;
    }

    /// <summary>Skips a test that interrupts where that cannot be: a shell without job control starts background jobs with SIGINT ignored,
    /// and their children inherit it.</summary>
    public static void SkipUnlessInterruptible()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl-C is sent as a POSIX signal.");
        if (OperatingSystem.IsLinux())
        {
            const ulong Interrupt = 1 << 1;
            var ignored = File.ReadLines("/proc/self/status")
                .First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..];
            Assert.SkipWhen(
                (ulong.Parse(ignored.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0,
                "The tests run with SIGINT ignored, as in the background of a shell.");
        }
    }

    /// <summary>Sends what Ctrl-C sends.</summary>
    public async Task InterruptAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellation);
    }

    /// <summary>Waits for the end; returns the exit code and what was written since.</summary>
    public async Task<(int ExitCode, string Out, string Error)> EndAsync(CancellationToken cancellation)
    {
        var error = await _process.StandardError.ReadToEndAsync(cancellation);
        await _process.WaitForExitAsync(cancellation);
        return (_process.ExitCode, await _out, error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
