using System.Collections.Immutable;
using System.Globalization;
using SearchCluster.Cli.Failures;
using SearchCluster.Coordinator.Options;
using SearchCluster.GpuWorker.Devices;
using SearchCluster.Hosting;
using SearchCluster.Launch.Processes;
using SearchCluster.Launch.Supervision;

namespace SearchCluster.Cli.InProcess;

/// <summary>Decides which processes a launch starts, and with what.</summary>
internal static class LaunchPlanning
{
    private const string VisibleDevices = "CUDA_VISIBLE_DEVICES";

    private static readonly string[] AwaitResume = ["--await-resume"];

    // What ends with one of these before it is ready ends with it again: wrong usage, a key that does not fit, no such device.
    private static readonly ImmutableHashSet<int> Final =
    [
        ExitCodes.WrongUsage, ExitCodes.InvalidInput, ExitCodes.NotFound, ExitCodes.NotAllowed, ExitCodes.ProblemsFound,
        ExitCodes.VersionMismatch, ExitCodes.NoSuitableWorker,
    ];

    // Another process has taken the name of the worker: to take it back would go on for ever.
    private static readonly ImmutableHashSet<int> FinalForWorkers = [ExitCodes.Conflict];

    /// <summary>Makes the plan.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="visible">The GPUs that may be used.</param>
    /// <exception cref="CliException">There is no such GPU, or nothing would train.</exception>
    public static LaunchPlan Make(LaunchRequest request, GpuQueryResult visible)
    {
        var gpus = GpuChoice.Pick(request.Gpus, visible);
        var onCpu = request.CpuWorkers ?? (gpus.Count == 0 ? 1 : 0);
        if (gpus.Count + onCpu == 0 && request.Listen is null)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                "--workers is 0 and no GPU is used, but a launch needs at least one worker.",
                "leave --workers out, or use a GPU: --gpus all; a coordinator alone: searchcluster coordinator",
                CommandCodes.WrongUsage);
        }

        var program = Program();
        var general = new List<string> { "--state", request.State.Root, "--quiet" };
        general.AddRange(request.Workloads.SelectMany(dll => new[] { "--workloads", dll }));
        string[] coordinator = request.Elsewhere is { } place ? ["--coordinator", place.ClusterAddress] : [];
        return new LaunchPlan
        {
            Elsewhere = request.Elsewhere,
            Coordinator = request.Elsewhere is not null ? null : new(
                "coordinator",
                ProcessRole.Coordinator,
                program.File,
                [
                    .. program.Arguments, "coordinator", .. general, .. Addresses(request),
                    .. request.Artifacts is { } kept ? new[] { "--artifacts", kept } : [], .. request.AwaitsResume ? AwaitResume : [],
                ],
                Environment(null),
                FinalExitCodes: Final),
            Workers =
            [
                .. gpus.Select(gpu => Worker($"{request.Node}-{gpu.ShortName}", gpu.Name, "cuda:0", request.Slots, Environment(gpu.Uuid))),
                .. Enumerable.Range(1, onCpu).Select(number => Worker(
                    $"{request.Node}-cpu{(number == 1 ? "" : $"-{number}")}",
                    "CPU",
                    "cpu",
                    request.Slots ?? CpuSlots(onCpu),
                    Environment(null))),
            ],
        };

        ProcessPlan Worker(string name, string device, string torch, int? slots, IReadOnlyDictionary<string, string?> environment) => new(
            name,
            ProcessRole.Worker,
            program.File,
            [
                .. program.Arguments, "worker", .. general, .. coordinator, "--name", name, "--device", torch,
                "--label", $"{NodeName.Label}={request.Node}",
                .. Number("--slots", slots), .. request.Labels.SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" }),
            ],
            environment,
            device,
            Final,
            FinalForWorkers);
    }

    // Other machines remember the ports, and firewalls name them: on a network they are not any free ones.
    private static string[] Addresses(LaunchRequest request) => request.Listen is { } listen
        ?
        [
            "--host", listen, "--cluster-host", listen,
            .. Number("--port", request.Port ?? CoordinatorDefaults.HttpPort),
            .. Number("--cluster-port", request.ClusterPort ?? CoordinatorDefaults.ClusterPort),
        ]
        : [.. Number("--port", request.Port), .. Number("--cluster-port", request.ClusterPort)];

    private static int CpuSlots(int workers) =>
        Math.Clamp(System.Environment.ProcessorCount / workers, 1, GpuWorker.Options.WorkerOptions.MaximumSlots);

    private static string[] Number(string option, int? value) =>
        value is { } number ? [option, number.ToString(CultureInfo.InvariantCulture)] : [];

    // A process sees its own device only, so no other one's memory is touched by mistake; on the CPU it sees what the launcher sees.
    private static Dictionary<string, string?> Environment(string? gpu)
    {
        var variables = new Dictionary<string, string?> { [DetachedLaunch.Variable] = null };
        if (gpu is not null)
        {
            variables[VisibleDevices] = gpu;
        }

        return variables;
    }

    /// <summary>How this tool is started once more.</summary>
    public static (string File, IReadOnlyList<string> Arguments) Program()
    {
        var own = System.Environment.ProcessPath ?? "dotnet";
        var tool = Path.Combine(AppContext.BaseDirectory, "searchcluster.dll");
        return Path.GetFileNameWithoutExtension(own) == "searchcluster" ? (own, []) : (own, ["exec", tool]);
    }
}
