using System.CommandLine;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Predictions;

namespace SearchCluster.Cli.Commands;

/// <summary><c>predict MODEL INPUT.csv</c>: classifies rows with a saved ensemble or a single trial's model; needs no coordinator.</summary>
internal sealed class PredictCommand : CliCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "Name of a search, a folder with an ensemble, or a model file (.scm)" };
    private readonly Argument<string> _input = new("INPUT.csv") { Description = "Rows to classify, with the columns of the training data; - for standard input" };
    private readonly Option<int?> _trial = Inputs.WholeNumber("--trial", "Use this trial's model rather than the ensemble of the search", 0, int.MaxValue);
    private readonly Option<string?> _file = new("--output", "-o") { HelpName = "FILE", Description = "Write the predictions to a CSV file" };
    private readonly Option<bool> _probabilities = new("--probabilities") { Description = "One more column for each class" };

    public PredictCommand()
        : base(
            "predict",
            "Classify the rows of a CSV file with the ensemble of a search",
            "predict digits new-digits.csv",
            "predict digits new-digits.csv -o predictions.csv --probabilities",
            "predict digits new-digits.csv --trial 7")
    {
        Add(_model);
        Add(_input);
        Add(_trial);
        Add(_file);
        Add(_probabilities);
        SeeAlso = ["best", "run"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => PredictionRun.RunAsync(
        context,
        new(parse.GetRequiredValue(_model), parse.GetRequiredValue(_input), parse.GetValue(_trial), parse.GetValue(_file), parse.GetValue(_probabilities)));
}
