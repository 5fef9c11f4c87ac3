using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;

namespace SearchCluster.Cli.Commands.Data;

/// <summary><c>data remove NAME</c>: forgets a data set.</summary>
internal sealed class DataRemoveCommand : CliCommand
{
    private readonly Argument<string> _name = DataInputs.Name("Data set");

    public DataRemoveCommand()
        : base("remove", "Forget a data set; files that were fetched are deleted, files of your own stay", "data remove houses")
    {
        Add(_name);
        SeeAlso = ["data list", "data add"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => DataInputs.GuardAsync(() =>
    {
        var data = DataInputs.Require(context, parse.GetRequiredValue(_name));
        context.DataRegistry.Remove(data);
        context.Output.Note(
            $"Data set {data.Name} is forgotten; "
                + $"{(data.Origin is null ? $"its files stay: {SafeText.Of(data.Path)}" : "its files were deleted")}.");
        return Task.FromResult(ExitCodes.Done);
    });
}
