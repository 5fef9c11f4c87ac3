using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SearchCluster.Integration.Tests.Harness;

/// <summary>One running process of the built tool, with everything that it wrote.</summary>
internal sealed class SearchClusterProcess : IDisposable
{
    private const int TailLines = 25;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Lock _gate = new();
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();

    private SearchClusterProcess(string label, IReadOnlyList<string> arguments, ProcessStartInfo start)
    {
        Label = label;
        Arguments = arguments;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Label { get; }

    public IReadOnlyList<string> Arguments { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Time since the start of the process.</summary>
    public TimeSpan Age => TimeProvider.System.GetElapsedTime(_startedAt);

    public string Output => Read(_output);

    public string Error => Read(_error);

    /// <summary>Starts the tool.</summary>
    /// <param name="label">Its name in messages.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="state">Its state folder.</param>
    /// <param name="variables">Of its environment.</param>
    /// <param name="arguments">All but the state folder.</param>
    /// <param name="place">A command that runs it elsewhere and becomes its process; null for none.</param>
    public static SearchClusterProcess Start(
        string label,
        string folder,
        string state,
        IReadOnlyDictionary<string, string> variables,
        IReadOnlyList<string> arguments,
        IReadOnlyList<string>? place = null)
    {
        var start = new ProcessStartInfo(place?[0] ?? ToolLocation.File)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] all = [.. arguments, "--state", state];
        IEnumerable<string> before = place is null ? [] : place.Skip(1).Append(ToolLocation.File);
        before.Concat(all).ToList().ForEach(start.ArgumentList.Add);

        // Nothing of the developer's own set-up reaches the process, except a libtorch that is not the package's.
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new(label, all, start);
    }

    /// <summary>Lets the process run; false when the time passed before it ended.</summary>
    public async Task<bool> WaitForExitAsync(TimeSpan limit)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>SIGKILL (kill -9): the process gets no chance to do anything.</summary>
    public async Task KillAsync()
    {
        try
        {
            _process.Kill(entireProcessTree: false);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself a moment before.
        }

        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public void Interrupt() => Signals.SendInterrupt(_process);

    public void Terminate() => Signals.SendTerminate(_process);

    public void Freeze() => Signals.SendStop(_process);

    public void Thaw() => Signals.SendContinue(_process);

    public string Describe()
    {
        var end = HasExited ? string.Create(CultureInfo.InvariantCulture, $"exit code {ExitCode}") : "running";
        return $"--- {Label} (pid {Id}, {end}): {string.Join(' ', Arguments)}\n{Tails.Of(Output, TailLines)}{Tails.Of(Error, TailLines)}";
    }

    public void Dispose()
    {
        if (!HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static bool IsOurs(string name) =>
        (name.StartsWith("SEARCHCLUSTER_", StringComparison.OrdinalIgnoreCase) && name != "SEARCHCLUSTER_LIBTORCH")
        || name.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase);

    private void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (_gate)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private string Read(StringBuilder text)
    {
        lock (_gate)
        {
            return text.ToString();
        }
    }
}
