using System.CommandLine;
using SearchCluster.Cli.Export;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Predictions;
using SearchCluster.Cli.Workloads;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Models;

/// <summary><c>export MODEL -o DIR</c>: takes the ensemble or a trial's model away, also as safetensors; needs no coordinator.</summary>
internal sealed class ExportCommand : CliCommand
{
    private readonly Argument<string> _model = new("MODEL")
    {
        Description = "Name of a search, a folder with an ensemble, or a model file (.scm)",
    };
    private readonly Option<int?> _trial = Inputs.WholeNumber(
        "--trial", "This trial's model rather than the ensemble of the search", 0, int.MaxValue);
    private readonly Option<string> _folder = new("--output", "-o")
    {
        HelpName = "DIR",
        Description = "Folder to write; empty or not there yet",
        Required = true,
    };

    public ExportCommand()
        : base(
            "export",
            "Take a model away: for C#, and as safetensors with PyTorch's names",
            "export digits -o digits-ensemble",
            "export digits --trial 20 -o digits-best")
    {
        Add(_model);
        Add(_trial);
        Add(_folder);
        Works = true;
        SeeAlso = ["predict", "best", "ensemble"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var found = await ModelLocator.FindAsync(
            context, new() { Model = parse.GetRequiredValue(_model), Trial = parse.GetValue(_trial) });
        var document = await LeavableWork.RunAsync(
            toEnd => ModelExport.Write(found, context.FullPath(parse.GetRequiredValue(_folder)), toEnd),
            context.Environment.Clock,
            context.Cancellation);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(document, CliJsonContext.Default.ExportDocument);
            return ExitCodes.Done;
        }

        foreach (var file in document.Files)
        {
            context.Output.Data.WriteLine(Path.Combine(document.Folder, file));
        }

        context.Output.Note($"{Format.Count(document.Models.Count, "model")} exported; README.md tells how to load.");
        return ExitCodes.Done;
    }
}
