using System.CommandLine;
using SearchCluster.Cli.InProcess;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Commands.Cluster;

/// <summary>Which workers a machine starts; of the commands that start them.</summary>
internal sealed class MachineOptions
{
    private const string Detach = "--detach";
    private const string DetachShort = "-d";

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
    private readonly Option<bool> _detach = new(Detach, DetachShort)
    {
        Description = "Go on in the background; return when all is ready. End it with: searchcluster down",
    };

    /// <summary>Gives them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_gpus);
        command.Add(_workers);
        command.Add(_slots);
        command.Add(_labels);
        command.Add(_node);
        command.Add(_detach);
    }

    /// <summary>Tells whether a word of a command line is <c>--detach</c>.</summary>
    public static bool IsDetach(string token) => token is Detach or DetachShort;

    public bool IsDetached(ParseResult parse) => parse.GetValue(_detach);

    /// <summary>Name of this machine.</summary>
    public string Node(ParseResult parse) => GivenNode(parse) ?? NodeName.Of(Environment.MachineName);

    /// <summary>Name of this machine, where somebody gave it one.</summary>
    public string? GivenNode(ParseResult parse) => parse.GetValue(_node);

    /// <summary>What was asked for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="context">The command.</param>
    /// <param name="state">The folder that the processes share.</param>
    public LaunchRequest Request(ParseResult parse, CommandContext context, StateFolder state) => new()
    {
        State = state,
        Workloads = context.Workloads.Assemblies,
        Gpus = parse.GetValue(_gpus),
        CpuWorkers = parse.GetValue(_workers),
        Slots = parse.GetValue(_slots),
        Labels = Inputs.ParseLabels(parse.GetValue(_labels)),
        Node = Node(parse),
    };
}
