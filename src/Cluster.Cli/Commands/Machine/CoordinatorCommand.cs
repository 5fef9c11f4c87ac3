using System.CommandLine;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.InProcess;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Commands.Machine;

/// <summary><c>coordinator</c>: only a coordinator, until it is told to stop; workers join it.</summary>
internal sealed class CoordinatorCommand : CliCommand
{
    private readonly Option<int?> _port = Inputs.WholeNumber(
        "--port", "Port of the HTTP API ($SEARCHCLUSTER_PORT). Default: 8642 or the next free one", 0, 65535);
    private readonly Option<int?> _clusterPort = Inputs.WholeNumber(
        "--cluster-port", "Port for workers ($SEARCHCLUSTER_CLUSTER_PORT). Default: any free one", 0, 65535);
    private readonly Option<string?> _host = new("--host")
    {
        HelpName = "ADDRESS",
        Description = "Address of the HTTP API ($SEARCHCLUSTER_HOST). Default: 127.0.0.1",
    };
    private readonly Option<string?> _clusterHost = new("--cluster-host")
    {
        HelpName = "ADDRESS",
        Description = "Address for workers ($SEARCHCLUSTER_CLUSTER_HOST). Default: 127.0.0.1",
    };
    private readonly Option<string?> _artifacts = Inputs.Artifacts();
    private readonly Option<bool> _awaitResume = new("--await-resume")
    {
        Description = "Leave interrupted searches as they are until they are resumed",
    };
    private readonly Option<string?> _shared = new("--shared")
    {
        HelpName = "DIR",
        Description = "Folder that all coordinators mount: token, keys, results, data ($SEARCHCLUSTER_SHARED)",
    };

    public CoordinatorCommand()
        : base(
            "coordinator",
            "Run a coordinator until it is stopped; the state folder leads to it",
            "coordinator",
            "coordinator --state /srv/searches --port 8642 --cluster-port 8643",
            "coordinator --shared /mnt/cluster --host 10.0.0.6 --cluster-host 10.0.0.6 --cluster-port 8643")
    {
        Add(_port);
        Add(_clusterPort);
        Add(_host);
        Add(_clusterHost);
        Add(_shared);
        Add(_artifacts);
        Add(_awaitResume);
        Works = true;
        SeeAlso = ["worker", "submit", "status"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        MemberFolder.RequireOwn(StateFolder.Resolve(context.Settings.State), "a coordinator");
        var port = Value(context, parse.GetValue(_port), "SEARCHCLUSTER_PORT");
        var clusterPort = Value(context, parse.GetValue(_clusterPort), "SEARCHCLUSTER_CLUSTER_PORT");
        return CoordinatorProcess.RunAsync(context, new(
            port,
            clusterPort,
            parse.GetValue(_host) ?? context.Environment.Variable("SEARCHCLUSTER_HOST"),
            parse.GetValue(_clusterHost) ?? context.Environment.Variable("SEARCHCLUSTER_CLUSTER_HOST"),
            parse.GetValue(_shared) ?? context.Environment.Variable("SEARCHCLUSTER_SHARED"),
            parse.GetValue(_artifacts) ?? Text(context, "SEARCHCLUSTER_ARTIFACTS"),
            parse.GetValue(_awaitResume)));
    }

    private static string? Text(CommandContext context, string variable) =>
        context.Environment.Variable(variable) is { Length: > 0 } text ? text : null;

    private static int? Value(CommandContext context, int? option, string variable)
    {
        if (option is not null || context.Environment.Variable(variable) is not { Length: > 0 } text)
        {
            return option;
        }

        return ushort.TryParse(
            text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new CliException(
                ExitCodes.WrongUsage,
                $"${variable} is \"{SafeText.Of(text)}\", but must be a whole number from 0 to 65535.",
                null,
                CommandCodes.WrongUsage);
    }
}
