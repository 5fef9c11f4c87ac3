using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Machine;

/// <summary>The checks of <c>doctor</c>, in the order a person would look.</summary>
internal static class MachineChecks
{
    private const long LowDiskBytes = 1L << 30;

    public static async Task<IReadOnlyList<Check>> RunAsync(CommandContext context)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        return
        [
            Runtime(),
            TorchCheck.Run(),
            User(),
            Writable(state),
            Token(state),
            Key(state),
            CertificateCheck.Run(state, context.Environment.Clock),
            Disk(state),
            Clock(context.Now),
            Port(),
            await CoordinatorAsync(context, state),
        ];
    }

    private static Check Runtime() =>
        new(
            "runtime",
            CheckResult.Ok,
            $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, "
                + $"{System.Environment.ProcessorCount} cores");

    private static Check User() => System.Environment.IsPrivilegedProcess
        ? new("user", CheckResult.Note, "runs with all privileges", "an ordinary user is enough")
        : new("user", CheckResult.Ok, "ordinary user");

    private static Check Writable(StateFolder state)
    {
        try
        {
            var existed = Directory.Exists(state.Root);
            state.Create();
            var probe = Path.Combine(state.Root, $"doctor-{System.Environment.ProcessId}.tmp");
            File.WriteAllText(probe, "probe");
            File.Delete(probe);
            if (!existed)
            {
                Directory.Delete(state.Root);
            }

            return existed && state.ModeOpenToAll() is { } mode
                ? new(
                    "state folder",
                    CheckResult.Note,
                    $"{state.Root} can be written, but other users of this machine can look into it (mode {mode})",
                    $"chmod 700 {state.Root}; the next coordinator does it by itself")
                : new("state folder", CheckResult.Ok, $"{state.Root} {(existed ? "can be written" : "can be created")}");
        }
        catch (Exception exception) when (exception is StateFolderException or IOException or UnauthorizedAccessException)
        {
            return new(
                "state folder",
                CheckResult.Problem,
                $"{state.Root}: {exception.Message}",
                $"choose another with --state DIR or ${StateFolder.EnvironmentVariable}");
        }
    }

    private static Check Token(StateFolder state) =>
        Secret("token", state.TokenFile, () => AccessToken.TryLoad(state), () => AccessToken.IsOpenToOthers(state));

    private static Check Key(StateFolder state) =>
        Secret("cluster key", state.KeyFile, () => ClusterKey.Load(state), () => ClusterKey.IsOpenToOthers(state));

    private static Check Secret(string name, string path, Func<object?> load, Func<bool> isOpen)
    {
        if (!File.Exists(path))
        {
            return new(name, CheckResult.Ok, "none yet; the first coordinator makes one");
        }

        try
        {
            _ = load();
        }
        catch (HostingException refused)
        {
            var isAnothers = refused.InnerException is UnauthorizedAccessException;
            var help = isAnothers ? $"run as the user whose file it is (ls -l {path}), or make it yours: chown $USER {path}" : null;
            return new(name, CheckResult.Problem, refused.Message, help);
        }

        return isOpen()
            ? new(name, CheckResult.Note, $"{path} can be read or changed by others", $"chmod 600 {path}")
            : new(name, CheckResult.Ok, "only its owner can read it");
    }

    private static Check Disk(StateFolder state)
    {
        var existing = state.Root;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        var free = new DriveInfo(existing).AvailableFreeSpace;
        var detail = $"{Format.Mebibytes(free)} free";
        return free < LowDiskBytes
            ? new("disk", CheckResult.Note, detail, "checkpoints and models need room; 1 GiB is little")
            : new("disk", CheckResult.Ok, detail);
    }

    private static Check Clock(DateTimeOffset now) => now.Year < 2025
        ? new("clock", CheckResult.Problem, $"{now:u} cannot be right", "set the clock; leases and budgets are counted by it")
        : new("clock", CheckResult.Ok, $"{now:u}");

    private static Check Port()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, CoordinatorDefaults.HttpPort));
            return new("port", CheckResult.Ok, $"{CoordinatorDefaults.HttpPort} is free");
        }
        catch (SocketException)
        {
            return new("port", CheckResult.Note, $"{CoordinatorDefaults.HttpPort} is in use", "a new coordinator takes the next free port");
        }
    }

    private static async Task<Check> CoordinatorAsync(CommandContext context, StateFolder state)
    {
        try
        {
            await using var live = await context.Environment.Connector.FindLiveAsync(context.Request, context.Cancellation);
            if (live is null)
            {
                return new("coordinator", CheckResult.Ok, "none runs; commands open the state folder themselves");
            }

            var cluster = await live.Service.GetClusterAsync(context.Cancellation);
            var detail = $"{live.Place}, version {cluster.Version}, {Format.Count(cluster.Workers.Count, "worker")}";
            return cluster.Version == ProductVersion.Current
                ? new("coordinator", CheckResult.Ok, detail)
                : new(
                    "coordinator",
                    CheckResult.Note,
                    detail,
                    $"this tool is version {ProductVersion.Current}; use the same version on both sides");
        }
        catch (Exception exception) when (exception is SearchServiceException or HostingException or CliException)
        {
            return new(
                "coordinator",
                CheckResult.Problem,
                exception.Message,
                $"start it again, or remove {state.EndpointFile} when it is gone");
        }
    }
}
