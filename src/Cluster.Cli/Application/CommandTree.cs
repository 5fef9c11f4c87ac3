using System.CommandLine;
using SearchCluster.Cli.Commands.Data;
using SearchCluster.Cli.Commands.Machine;
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
    public static RootCommand Build()
    {
        var root = new RootCommand("Hyperparameter searches on CPUs and GPUs that survive crashes. Start with: searchcluster run examples/digits.search.yaml");
        root.Options.Clear();
        root.Directives.Clear();
        foreach (var option in GlobalOptions.Connection.Concat(GlobalOptions.Output).Append(GlobalOptions.Version))
        {
            root.Add(option);
        }

        foreach (var command in Commands())
        {
            root.Add(command);
        }

        return root;
    }

    private static IEnumerable<Command> Commands() =>
    [
        new RunCommand(),
        new SubmitCommand(),
        new ListCommand(),
        new StatusCommand(),
        new WatchCommand(),
        new TrialsCommand(),
        new BestCommand(),
        new ImportanceCommand(),
        new ExplainCommand(),
        new PlotCommand(),
        new PauseCommand(),
        new ResumeCommand(),
        new StopCommand(),
        new DeleteCommand(),
        new PredictCommand(),
        new EvaluateCommand(),
        new GenerateCommand(),
        new ExportCommand(),
        new CommandGroup("ensemble", "Build ensembles and look at them", new EnsembleBuildCommand(), new EnsembleShowCommand()),
        new TraceCommand(),
        new CommandGroup("spec", "Write, check and explain spec files", new SpecNewCommand(), new SpecCheckCommand(), new SpecExplainCommand(), new SpecSchemaCommand()),
        new CommandGroup("data", "Register, fetch, check and describe data sets", new DataListCommand(), new DataAddCommand(), new DataFetchCommand(), new DataDescribeCommand(), new DataVerifyCommand(), new DataRemoveCommand()),
        new CommandGroup("journal", "Check the journal and salvage damaged searches", new JournalCheckCommand(), new JournalSalvageCommand()),
        new WorkloadsCommand(),
        new SanityCommand(),
        new CoordinatorCommand(),
        new WorkerCommand(),
        new DoctorCommand(),
        new HelpCommand(),
        new VersionCommand(),
    ];
}
