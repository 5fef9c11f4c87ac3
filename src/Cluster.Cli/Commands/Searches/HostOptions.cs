using System.CommandLine;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Options;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary>Options of the commands that host coordinator and worker in this process.</summary>
internal sealed class HostOptions
{
    private readonly Option<int?> _slots = Inputs.WholeNumber(
        "--slots", "Trials at once. Default: one for each core (CPU), 1 (GPU)", 1, 64, "--workers");
    private readonly Option<int?> _port = Inputs.WholeNumber(
        "--port", "Port of the HTTP API on 127.0.0.1. Default: 8642 or the next free one", 0, 65535);
    private readonly Option<string> _device = Inputs.Device("Device that trains. Default: auto (the first GPU, else the CPU)");

    public void AddTo(Command command)
    {
        command.Add(_slots);
        command.Add(_device);
        command.Add(_port);
    }

    public HostRequest Of(ParseResult parse, bool needsJournal) =>
        new(parse.GetValue(_slots), parse.GetValue(_port), parse.GetRequiredValue(_device), needsJournal);
}
