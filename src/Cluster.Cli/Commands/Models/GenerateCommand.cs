using System.CommandLine;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Predictions;

namespace SearchCluster.Cli.Commands.Models;

/// <summary><c>generate MODEL</c>: makes new rows or images with a variational autoencoder; needs no coordinator.</summary>
internal sealed class GenerateCommand : CliCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "Name of a search, or a model file (.scm)" };
    private readonly Option<int?> _trial = Inputs.WholeNumber(
        "--trial", "The trial whose model it is, where MODEL is a search", 0, int.MaxValue);
    private readonly Option<int?> _count = Inputs.WholeNumber("--count", "How many. Default: 10", 1, 100_000, "-n");
    private readonly Option<int?> _seed = Inputs.WholeNumber(
        "--draw-seed", "Of the codes: the same seed makes the same ones. Default: 0", 0, int.MaxValue);
    private readonly Option<string?> _file = new("--output", "-o")
    {
        HelpName = "FILE",
        Description = "Write rows to a CSV file, or images into a folder",
    };

    public GenerateCommand()
        : base(
            "generate",
            "Make new rows or images with a variational autoencoder",
            "generate faces --trial 3 --count 16 -o faces",
            "generate meters.scm --draw-seed 7 -o meters.csv")
    {
        Add(_model);
        Add(_trial);
        Add(_count);
        Add(_seed);
        Add(_file);
        Works = true;
        SeeAlso = ["predict", "export"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => PredictionRun.GenerateAsync(
        context,
        new() { Model = parse.GetRequiredValue(_model), Trial = parse.GetValue(_trial), OutputFile = parse.GetValue(_file) },
        parse.GetValue(_count) ?? 10,
        parse.GetValue(_seed) ?? 0);
}
