using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Specs;

namespace SearchCluster.Cli.Commands.Specs;

/// <summary><c>spec schema</c>: the JSON schema of spec files, for editors.</summary>
internal sealed class SpecSchemaCommand : CliCommand
{
    public SpecSchemaCommand()
        : base("schema", "Print the JSON schema of spec files, for the completion of editors", "spec schema") =>
            SeeAlso = ["spec new", "spec check"];

    public override Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        context.Output.Data.WriteLine(SpecSchema.Text.TrimEnd());
        return Task.FromResult(ExitCodes.Done);
    }
}
