using System.CommandLine;
using SearchCluster.Cli.Commands.Cluster;
using SearchCluster.Cli.Commands.Data;
using SearchCluster.Cli.Commands.Machine;
using SearchCluster.Cli.Commands.Members;
using SearchCluster.Cli.Commands.Models;
using SearchCluster.Cli.Commands.Results;
using SearchCluster.Cli.Commands.Searches;
using SearchCluster.Cli.Commands.Specs;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;

namespace SearchCluster.Cli.Application;

/// <summary>All commands of the tool.</summary>
internal static class CommandTree
{
    /// <summary>Every command by its name, in the order of the help.</summary>
    internal static IReadOnlyList<KeyValuePair<string, Func<Command>>> Commands { get; } =
    [
        new("run", () => new RunCommand()),
        new("submit", () => new SubmitCommand()),
        new("list", () => new ListCommand()),
        new("status", () => new StatusCommand()),
        new("watch", () => new WatchCommand()),
        new("trials", () => new TrialsCommand()),
        new("best", () => new BestCommand()),
        new("importance", () => new ImportanceCommand()),
        new("explain", () => new ExplainCommand()),
        new("plot", () => new PlotCommand()),
        new("pause", () => new PauseCommand()),
        new("resume", () => new ResumeCommand()),
        new("priority", () => new PriorityCommand()),
        new("stop", () => new StopCommand()),
        new("delete", () => new DeleteCommand()),
        new("predict", () => new PredictCommand()),
        new("evaluate", () => new EvaluateCommand()),
        new("generate", () => new GenerateCommand()),
        new("export", () => new ExportCommand()),
        new("ensemble", () => new CommandGroup(
            "ensemble", "Build ensembles and look at them", new EnsembleBuildCommand(), new EnsembleShowCommand())),
        new("trace", () => new TraceCommand()),
        new("spec", () => new CommandGroup(
            "spec",
            "Write, check and explain spec files",
            new SpecNewCommand(),
            new SpecCheckCommand(),
            new SpecExplainCommand(),
            new SpecSchemaCommand())),
        new("data", () => new CommandGroup(
            "data",
            "Register, fetch, check and describe data sets",
            new DataListCommand(),
            new DataAddCommand(),
            new DataFetchCommand(),
            new DataDescribeCommand(),
            new DataVerifyCommand(),
            new DataRemoveCommand())),
        new("journal", () => new CommandGroup(
            "journal",
            "Check the journal, salvage damaged searches, move searches to another journal",
            new JournalCheckCommand(),
            new JournalSalvageCommand(),
            new JournalExportCommand(),
            new JournalImportCommand())),
        new("workloads", () => new WorkloadsCommand()),
        new("sanity", () => new SanityCommand()),
        new("launch", () => new LaunchCommand()),
        new("join", () => new JoinCommand()),
        new("down", () => new DownCommand()),
        new("drain", () => new DrainCommand()),
        new("leave", () => new LeaveCommand()),
        new("nodes", () => new NodesCommand()),
        new("logs", () => new LogsCommand()),
        new("token", () => new CommandGroup(
            "token",
            "Make, list and end tokens by which machines join the cluster",
            new TokenCreateCommand(),
            new TokenListCommand(),
            new TokenRevokeCommand())),
        new("certs", () => new CommandGroup(
            "certs",
            "Show, issue and revoke the certificates of the cluster's members",
            new CertsShowCommand(),
            new CertsIssueCommand(),
            new CertsRevokeCommand())),
        new("coordinator", () => new CoordinatorCommand()),
        new("worker", () => new WorkerCommand()),
        new("doctor", () => new DoctorCommand()),
        new(HelpName, () => new HelpCommand()),
        new("version", () => new VersionCommand()),
    ];

    private const string HelpName = "help";

    /// <summary>Builds the tree.</summary>
    public static RootCommand Build() => Build([]);

    /// <summary>Builds as much of the tree as a command line needs: making all commands takes longer than most of them run.</summary>
    /// <param name="arguments">The command line. Where it does not begin with a command, or asks for help on others, all are built.</param>
    public static RootCommand Build(IReadOnlyList<string> arguments)
    {
        var root = new RootCommand(
            "Hyperparameter searches on CPUs and GPUs that survive crashes. Start with: searchcluster run examples/digits.search.yaml");
        root.Options.Clear();
        root.Directives.Clear();
        foreach (var option in GlobalOptions.Connection.Concat(GlobalOptions.Output).Append(GlobalOptions.Version))
        {
            root.Add(option);
        }

        var only = arguments.Count > 0 && arguments[0] != HelpName ? arguments[0] : null;
        var isKnown = Commands.Any(command => command.Key == only);
        foreach (var (name, make) in Commands)
        {
            if (!isKnown || name == only)
            {
                root.Add(make());
            }
        }

        return root;
    }
}
