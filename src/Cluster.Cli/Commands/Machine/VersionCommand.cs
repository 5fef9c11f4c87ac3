using System.CommandLine;
using System.Runtime.InteropServices;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Contracts;

namespace SearchCluster.Cli.Commands.Machine;

/// <summary><c>version</c>.</summary>
internal sealed class VersionCommand : CliCommand
{
    public VersionCommand()
        : base("version", "Show the version of the tool and of its runtime", "version", "version --json") => SeeAlso = ["doctor"];

    public override Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var document = new VersionDocument(
            ProductVersion.Current,
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription,
            RuntimeInformation.OSArchitecture.ToString());
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(document, CliJsonContext.Default.VersionDocument);
        }
        else
        {
            context.Output.Data.WriteLine(
                $"searchcluster {document.Version}  ({document.Runtime}, {document.OperatingSystem}, {document.Architecture})");
        }

        return Task.FromResult(ExitCodes.Done);
    }
}
