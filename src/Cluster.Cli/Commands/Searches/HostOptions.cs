using System.CommandLine;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.InProcess;
using SearchCluster.Cli.Options;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary>Options of the commands that host coordinator and worker.</summary>
internal sealed class HostOptions
{
    private readonly Option<int?> _slots = Inputs.WholeNumber(
        "--slots", "Trials at once, in each process that trains. Default: one for each core (CPU), 1 (GPU)", 1, 64);
    private readonly Option<int?> _port = Inputs.WholeNumber(
        "--port", "Port of the HTTP API on 127.0.0.1. Default: 8642 or the next free one", 0, 65535);
    private readonly Option<string?> _gpus = Inputs.Text(
        "--gpus",
        "all|none|LIST",
        "Train on several GPUs, each with a process of its own: all, or numbers and UUIDs as nvidia-smi has them, for example 0,1",
        GpuChoice.IsValid,
        GpuChoice.Rule);
    private readonly Option<int?> _workers = Inputs.WholeNumber(
        "--workers", "Train in this many processes of their own on the CPU; what a trial does to its process ends no other", 1, 64);
    private readonly Option<string> _device = Inputs.Device("Device that trains. Default: auto (the first GPU, else the CPU)");

    public void AddTo(Command command)
    {
        command.Add(_slots);
        command.Add(_device);
        command.Add(_gpus);
        command.Add(_workers);
        command.Add(_port);
    }

    public HostRequest Of(ParseResult parse, bool needsJournal) =>
        Checked(
            new(
                parse.GetValue(_slots),
                parse.GetValue(_port),
                parse.GetRequiredValue(_device),
                needsJournal,
                parse.GetValue(_gpus),
                parse.GetValue(_workers)),
            parse.GetResult(_device) is { Implicit: false });

    private static HostRequest Checked(HostRequest request, bool hasDevice) => hasDevice && request.HasProcesses
        ? throw new CliException(
            ExitCodes.WrongUsage,
            $"--device is {request.Device}, but {(request.Gpus is null ? "--workers" : "--gpus")} starts processes on devices of its own.",
            "give one of the two: --device for one process, --gpus or --workers for several",
            CommandCodes.WrongUsage)
        : request;
}
