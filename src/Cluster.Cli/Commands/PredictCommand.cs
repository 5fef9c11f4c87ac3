using System.CommandLine;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Predictions;

namespace SearchCluster.Cli.Commands;

/// <summary><c>predict MODEL INPUT</c>: predicts rows or images with a saved ensemble or a single trial's model; needs no coordinator.</summary>
internal sealed class PredictCommand : CliCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "Name of a search, a folder with an ensemble, or a model file (.scm)" };
    private readonly Argument<string> _input = new("INPUT") { Description = "Table with the columns of the training data (- for standard input), or an image, or a folder or archive of images" };
    private readonly Option<int?> _trial = Inputs.WholeNumber("--trial", "Use this trial's model rather than the ensemble of the search", 0, int.MaxValue);
    private readonly Option<string?> _file = new("--output", "-o") { HelpName = "FILE", Description = "Write the predictions to a CSV file" };
    private readonly Option<bool> _probabilities = new("--probabilities") { Description = "One more column for each class" };

    private readonly Option<string> _fit = FitOption();

    public PredictCommand()
        : base(
            "predict",
            "Predict rows of a table, or images, with the ensemble of a search",
            "predict digits new-digits.csv",
            "predict digits new-digits.csv -o predictions.csv --probabilities",
            "predict digits new-digits.csv --trial 7",
            "predict animals photos/ --fit resize")
    {
        Add(_model);
        Add(_input);
        Add(_trial);
        Add(_file);
        Add(_probabilities);
        Add(_fit);
        SeeAlso = ["evaluate", "ensemble", "best"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => PredictionRun.RunAsync(
        context,
        new(parse.GetRequiredValue(_model), parse.GetRequiredValue(_input), parse.GetValue(_trial), parse.GetValue(_file), parse.GetValue(_probabilities), FitOf(parse.GetRequiredValue(_fit))));

    /// <summary>How images of another size are fitted.</summary>
    internal static Option<string> FitOption() => Inputs.Choice("--fit", "Images of another size: none refuses them, resize scales, crop cuts or pads. Default: none", "none", "none", "resize", "crop");

    /// <summary>Reads the option.</summary>
    internal static ImageFit? FitOf(string word) => word switch { "resize" => ImageFit.Resize, "crop" => ImageFit.Crop, _ => null };
}
