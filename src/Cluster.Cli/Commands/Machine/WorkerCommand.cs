using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.InProcess;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;

namespace SearchCluster.Cli.Commands.Machine;

/// <summary><c>worker</c>: only a worker, until it is told to stop.</summary>
internal sealed class WorkerCommand : CliCommand
{
    private readonly Option<string?> _name = new("--name")
    {
        HelpName = "NAME",
        Description = "Name of the worker, stable over restarts. Default: machine and device",
    };
    private readonly Option<int?> _slots = Inputs.WholeNumber(
        "--slots", "Trials at once. Default: one for each core (CPU), 1 (GPU)", 1, 64);
    private readonly Option<string> _device = Inputs.Device("Device that trains. Default: auto");
    private readonly Option<string[]> _labels = Inputs.Labels();
    private readonly Option<long?> _dataCache = Inputs.Size(
        "--data-cache", "Most bytes of data that are fetched from the coordinator and kept. Default: 32GiB");

    public WorkerCommand()
        : base(
            "worker",
            "Run a worker until it is stopped, for the coordinator of the state folder",
            "worker",
            "worker --slots 2 --label zone=lab1",
            "worker --coordinator 127.0.0.1:8643 --device cuda:0 --name gpu-0",
            "worker --coordinator 10.0.0.5:8643 --data-cache 200GiB",
            "worker --coordinator 10.0.0.5:8643,10.0.0.6:8643")
    {
        Add(_name);
        Add(_slots);
        Add(_device);
        Add(_labels);
        Add(_dataCache);
        Works = true;
        SeeAlso = ["coordinator", "status"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        if (context.Settings.Coordinator?.Contains("://", StringComparison.Ordinal) == true)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--coordinator is \"{SafeText.Of(context.Settings.Coordinator)}\", but a worker needs the coordinator's address for "
                    + $"workers.",
                "for example --coordinator 127.0.0.1:8643; the coordinator prints it when it starts",
                CommandCodes.WrongUsage);
        }

        return WorkerProcess.RunAsync(context, new(
            parse.GetValue(_name),
            parse.GetValue(_slots),
            parse.GetRequiredValue(_device),
            Inputs.ParseLabels(parse.GetValue(_labels)),
            context.Settings.Coordinator,
            parse.GetValue(_dataCache)));
    }
}
