using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace SearchCluster.Integration.Tests.Networks;

/// <summary>Machines as network namespaces: each has addresses of its own and reaches what a cable or a gate leads to, and nothing
/// else.</summary>
/// <remarks>Needs root and the command <c>ip</c>. Cables and namespaces are gone with the last of their processes and this.</remarks>
internal sealed class NetworkLab : IDisposable
{
    /// <summary>The machine in the middle, and its address.</summary>
    public const string Hub = "hub";

    public const string HubAddress = "10.77.0.1";

    private const string Required = "SEARCHCLUSTER_TEST_NAMESPACES";

    private readonly string _mark = $"sc{Environment.ProcessId % 100_000}";
    private readonly List<string> _machines = [];
    private readonly List<NatGate> _gates = [];

    private NetworkLab()
    {
        AddMachine(Hub);
        Run("ip", "-n", Name(Hub), "addr", "add", $"{HubAddress}/32", "dev", "lo");
    }

    /// <summary>Builds the machine in the middle; the test is skipped where this user may not, unless the environment asks for
    /// it.</summary>
    public static NetworkLab Require()
    {
        if (Environment.GetEnvironmentVariable(Required) is null && Obstacle() is { } obstacle)
        {
            Assert.Skip(obstacle);
        }

        return new();
    }

    /// <summary>Adds a machine with a cable to the hub: it reaches that, and no other machine.</summary>
    public void AddSpoke(string machine, int number)
    {
        AddMachine(machine);
        Connect(Hub, $"10.77.{number}.1/24", machine, $"10.77.{number}.2/24");
        Run("ip", "-n", Name(machine), "route", "add", $"{HubAddress}/32", "via", $"10.77.{number}.1");
    }

    /// <summary>Adds a machine behind address translation: all of them have the same private address, and only what they call themselves
    /// gets through, by the address of their gate.</summary>
    /// <param name="machine">Its name.</param>
    /// <param name="number">Of the cable from its gate to the hub.</param>
    /// <param name="ports">On the hub.</param>
    public void AddBehindNat(string machine, int number, params int[] ports)
    {
        var (gate, inside) = ($"{machine}-gate", $"{machine}-inside");
        AddSpoke(gate, number);
        AddMachine(inside);
        AddMachine(machine);
        Connect(inside, "192.168.1.1/24", machine, "192.168.1.2/24");

        // The inner side of the gate answers at the hub's address; what comes there goes on from the outer side.
        Run("ip", "-n", Name(inside), "addr", "add", $"{HubAddress}/32", "dev", "lo");
        Run("ip", "-n", Name(machine), "route", "add", $"{HubAddress}/32", "via", "192.168.1.1");
        _gates.AddRange(ports.Select(port => NatGate.Open(Name(inside), Name(gate), HubAddress, port)));
    }

    /// <summary>What a command line begins with, so that its process runs on a machine.</summary>
    public IReadOnlyList<string> On(string machine) => ["ip", "netns", "exec", Name(machine)];

    /// <summary>Cuts the cable of a machine, or of its gate, and joins it again: nothing is told to either end.</summary>
    /// <param name="number">Of the cable.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="after">How many seconds from now.</param>
    public async Task CutAsync(int number, int seconds, int after = 0)
    {
        var cable = $"ip -n {Name(Hub)} link set {Cable(Hub, number)}";
        var script = $"sleep {after} && {cable} down && sleep {seconds} && {cable} up";
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", script]))!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
    }

    /// <summary>Tells whether one machine reaches an address.</summary>
    public bool Reaches(string machine, string address) =>
        TryRun([.. On(machine), "ip", "route", "get", address]) is null;

    public void Dispose()
    {
        _gates.ForEach(gate => gate.Dispose());
        _machines.ForEach(machine => TryRun("ip", "netns", "del", Name(machine)));
    }

    private static string? Obstacle()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return "Network namespaces need Linux and root.";
        }

        var probe = $"sc-probe-{Environment.ProcessId}";
        if (TryRun("ip", "netns", "add", probe) is { } problem)
        {
            return $"Network namespaces cannot be made here: {problem}";
        }

        Run("ip", "netns", "del", probe);
        return null;
    }

    private static void Run(params string[] command)
    {
        if (TryRun(command) is { } problem)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {problem}");
        }
    }

    private static string? TryRun(params string[] command)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            _ = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (Win32Exception missing)
        {
            return missing.Message;
        }
    }

    private void AddMachine(string machine)
    {
        Run("ip", "netns", "add", Name(machine));
        _machines.Add(machine);
        Run("ip", "-n", Name(machine), "link", "set", "lo", "up");
    }

    private void Connect(string one, string address, string other, string otherAddress)
    {
        var number = _machines.Count;
        var (cable, end) = (one == Hub ? Cable(Hub, int.Parse(address.Split('.')[2], CultureInfo.InvariantCulture)) : $"{_mark}i{number}",
            $"{_mark}o{number}");
        Run("ip", "link", "add", cable, "netns", Name(one), "type", "veth", "peer", "name", end, "netns", Name(other));
        foreach (var (machine, device, at) in new[] { (one, cable, address), (other, end, otherAddress) })
        {
            Run("ip", "-n", Name(machine), "addr", "add", at, "dev", device);
            Run("ip", "-n", Name(machine), "link", "set", device, "up");
        }
    }

    private string Cable(string machine, int number) => $"{_mark}{machine[0]}{number}";

    private string Name(string machine) => $"{_mark}-{machine}";
}
