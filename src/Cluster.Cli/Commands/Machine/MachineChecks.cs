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
using SearchCluster.Security;
using SearchCluster.Security.Identities;

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
            Token(context, state),
            Key(state),
            CertificateCheck.Run(state, context.Environment.Clock),
            Disk(state),
            Clock(context.Now),
            Port(context, state),
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

    private static Check Token(CommandContext context, StateFolder state) => Secret(
        "token",
        state.TokenFile,
        () => AccessToken.TryLoad(state),
        () => AccessToken.IsOpenToOthers(state),
        context.IsElsewhere && HasCertificate(state)
            ? "none; the certificate of this machine takes its place"
            : "none yet; the first coordinator makes one");

    private static Check Key(StateFolder state) => Secret(
        "cluster key",
        state.KeyFile,
        () => ClusterKey.Load(state),
        () => ClusterKey.IsOpenToOthers(state),
        HasCertificate(state) ? "none; the members of this cluster show certificates" : "none yet; the first coordinator makes one");

    private static bool HasCertificate(StateFolder state) => Directory.Exists(state.IdentityFolder);

    private static Check Secret(string name, string path, Func<object?> load, Func<bool> isOpen, string none)
    {
        if (!File.Exists(path))
        {
            return new(name, CheckResult.Ok, none);
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

    private static Check Port(CommandContext context, StateFolder state)
    {
        if (context.IsElsewhere)
        {
            return new("port", CheckResult.Ok, "none is needed: the coordinator is elsewhere, and nothing here listens");
        }

        if (CoordinatorLock.IsHeld(state) && CoordinatorEndpoint.TryRead(state) is { } endpoint)
        {
            return new("port", CheckResult.Ok, $"the coordinator of this folder listens on {endpoint.Url}");
        }

        var address = AddressOf(state, context.Environment.Clock);
        var shown = new IPEndPoint(address, CoordinatorDefaults.HttpPort);
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(shown);
            return new("port", CheckResult.Ok, $"{shown} is free");
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            return new(
                "port",
                CheckResult.Note,
                $"{address}, which the certificate of this machine names, is no address of it now",
                "give the coordinator a certificate for its new address: searchcluster certs issue HOST...");
        }
        catch (SocketException)
        {
            return new(
                "port",
                CheckResult.Note,
                $"{shown} is in use",
                IPAddress.IsLoopback(address)
                    ? "a new coordinator takes the next free port"
                    : "a coordinator that starts here needs another --port");
        }
    }

    // Where a coordinator of this folder would listen: an address that its certificate names, else loopback.
    private static IPAddress AddressOf(StateFolder state, TimeProvider clock)
    {
        try
        {
            return NodeIdentity.Find(state.IdentityFolder, clock)?.Hosts
                .Select(host => IPAddress.TryParse(host, out var address) ? address : null)
                .FirstOrDefault(address => address is not null) ?? IPAddress.Loopback;
        }
        catch (TrustException)
        {
            // The check of the certificates tells it.
            return IPAddress.Loopback;
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
                exception is SearchServiceException { Problem.Code: ProblemCodes.Untrusted } ? null
                    : context.IsElsewhere ? "start it there, or check the address and the network"
                    : $"start it again, or remove {state.EndpointFile} when it is gone");
        }
    }
}
