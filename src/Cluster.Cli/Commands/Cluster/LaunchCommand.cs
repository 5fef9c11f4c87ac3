using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.InProcess;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Commands.Cluster;

/// <summary><c>launch</c>: coordinator and workers of this machine as processes that are watched.</summary>
internal sealed class LaunchCommand : CliCommand
{
    private readonly Option<string?> _gpus = Inputs.Text(
        "--gpus",
        "all|none|LIST",
        "GPUs to use, one worker process for each: all, none, or numbers and UUIDs as nvidia-smi has them, for example 0,1. Default: all",
        GpuChoice.IsValid,
        GpuChoice.Rule);
    private readonly Option<int?> _workers = Inputs.WholeNumber(
        "--workers", "Worker processes on the CPU besides. Default: 1 without GPUs, 0 with", 0, 64);
    private readonly Option<int?> _slots = Inputs.WholeNumber(
        "--slots", "Trials at once in each worker. Default: 1 on a GPU; the cores, shared among the workers, on the CPU", 1, 64);
    private readonly Option<string[]> _labels = Inputs.Labels();
    private readonly Option<string?> _node = Inputs.Text(
        "--node",
        "NAME",
        "Name of this machine, the beginning of its workers' names. Default: its host name",
        NodeName.IsValid,
        NodeName.Rule);
    private readonly Option<int?> _port = Inputs.WholeNumber(
        "--port", "Port of the HTTP API ($SEARCHCLUSTER_PORT). Default: 8642 or the next free one", 0, 65535);
    private readonly Option<int?> _clusterPort = Inputs.WholeNumber(
        "--cluster-port", "Port for workers ($SEARCHCLUSTER_CLUSTER_PORT). Default: any free one", 0, 65535);
    private readonly Option<bool> _detach = new("--detach", "-d")
    {
        Description = "Go on in the background; return when all is ready. End it with: searchcluster down",
    };

    public LaunchCommand()
        : base(
            "launch",
            "Start a coordinator and a worker for each GPU, and start again what dies",
            "launch",
            "launch --gpus 0,1 --detach",
            "launch --gpus none --workers 2 --slots 4")
    {
        Aliases.Add("up");
        Add(_gpus);
        Add(_workers);
        Add(_slots);
        Add(_labels);
        Add(_node);
        Add(_port);
        Add(_clusterPort);
        Add(_detach);
        Works = true;
        SeeAlso = ["nodes", "logs", "down", "submit"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        if (context.Settings.Coordinator is { } coordinator)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--coordinator is \"{SafeText.Of(coordinator)}\", but launch starts a coordinator of its own.",
                "a worker for a coordinator that runs: searchcluster worker --coordinator HOST:PORT",
                CommandCodes.WrongUsage);
        }

        var request = new LaunchRequest
        {
            State = StateFolder.Resolve(context.Settings.State),
            Workloads = context.Workloads.Assemblies,
            Gpus = parse.GetValue(_gpus),
            CpuWorkers = parse.GetValue(_workers),
            Slots = parse.GetValue(_slots),
            Labels = Inputs.ParseLabels(parse.GetValue(_labels)),
            Node = parse.GetValue(_node) ?? NodeName.Of(Environment.MachineName),
            Port = parse.GetValue(_port),
            ClusterPort = parse.GetValue(_clusterPort),
        };
        return parse.GetValue(_detach)
            ? DetachedLaunch.RunAsync(
                context, [.. parse.Tokens.Select(token => token.Value).Where(token => token is not ("--detach" or "-d"))])
            : LaunchProcess.RunAsync(context, request);
    }
}
