using System.CommandLine;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Predictions;

namespace SearchCluster.Cli.Commands.Models;

/// <summary><c>evaluate MODEL INPUT</c>: scores a saved ensemble or a single trial's model on data with
/// answers; needs no coordinator.</summary>
internal sealed class EvaluateCommand : CliCommand
{
    private readonly Argument<string> _model = new("MODEL")
    {
        Description = "Name of a search, a folder with an ensemble, or a model file (.scm)",
    };
    private readonly Argument<string> _input = new("INPUT")
    {
        Description =
            "Data like those of the training with their answers: a file, plain or gzipped, a folder or archive, registered:NAME, or - for "
                + "standard input",
    };
    private readonly Option<int?> _trial = Inputs.WholeNumber(
        "--trial", "Use this trial's model rather than the ensemble of the search", 0, int.MaxValue);
    private readonly Option<string?> _target = new("--target")
    {
        HelpName = "COLUMN",
        Description = "Column of the answer: its name, or its number from 0. Default: the one that the model learned",
    };
    private readonly Option<string> _fit = PredictCommand.FitOption();
    private readonly ReadingOptions _reading = new(isForModel: true);

    public EvaluateCommand()
        : base(
            "evaluate",
            "Score a model on data whose answers are known",
            "evaluate digits labelled.csv",
            "evaluate houses test.csv --target price --trial 7",
            "evaluate fashion data/fashion-mnist")
    {
        Add(_model);
        Add(_input);
        Add(_trial);
        Add(_target);
        Add(_fit);
        foreach (var option in _reading.All)
        {
            Add(option);
        }

        Works = true;
        SeeAlso = ["predict", "ensemble"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => EvaluationRun.RunAsync(
        context,
        new()
        {
            Model = parse.GetRequiredValue(_model),
            Input = parse.GetRequiredValue(_input),
            Trial = parse.GetValue(_trial),
            Fit = PredictCommand.FitOf(parse.GetRequiredValue(_fit)),
            FitsAsTrained = parse.GetRequiredValue(_fit) == PredictCommand.AsTrained,
            Said = _reading.Of(parse),
        },
        parse.GetValue(_target));
}
