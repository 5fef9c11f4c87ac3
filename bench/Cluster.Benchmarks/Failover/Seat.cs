using System.Diagnostics;
using System.Globalization;
using SearchCluster.Benchmarks.Throughput;
using SearchCluster.Hosting.State;

namespace SearchCluster.Benchmarks.Failover;

/// <summary>One program of a cluster with a state folder of its own, which is started again where it ended.</summary>
internal sealed class Seat(string program, string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    : IDisposable
{
    private ChildProcess? _process;

    public StateFolder State => StateFolder.Resolve(folder);

    /// <summary>True while it stands still: whoever asks it waits.</summary>
    public bool IsFrozen { get; private set; }

    public bool HasExited => _process?.HasExited != false;

    public string Output => _process?.Output ?? "";

    public void Start()
    {
        _process?.Dispose();
        _process = ChildProcess.Start(
            program, arguments, new Dictionary<string, string>(environment) { [StateFolder.EnvironmentVariable] = folder });
    }

    /// <summary>Sends a signal by its name, as <c>kill</c> does.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        IsFrozen = name == "STOP" || (IsFrozen && name != "CONT");
    }

    public void Dispose() => _process?.Dispose();
}
