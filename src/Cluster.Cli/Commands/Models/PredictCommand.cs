using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Predictions;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Models;

/// <summary><c>predict MODEL INPUT</c>: predicts rows, images, what follows in a series or a text, with a saved ensemble or a single
/// trial's model; needs no coordinator.</summary>
internal sealed class PredictCommand : CliCommand
{
    private readonly Argument<string> _model = new("MODEL")
    {
        Description = "Name of a search, a folder with an ensemble, or a model file (.scm)",
    };
    private readonly Argument<string> _input = new("INPUT")
    {
        Description =
            "Data like those of the training: a file, plain or gzipped, a folder or archive, registered:NAME, or - for standard input",
    };
    private readonly Option<int?> _trial = Inputs.WholeNumber(
        "--trial", "Use this trial's model rather than the ensemble of the search", 0, int.MaxValue);

    private readonly Option<string[]> _output = new("--output", "-o")
    {
        HelpName = "FILE",
        Description =
            "Write the predictions to a CSV file, a text, or images into a folder; of an autoencoder also --output reconstruction|code, "
                + "what it gives",
        Arity = new ArgumentArity(1, 2),
    };
    private readonly Option<bool> _probabilities = new("--probabilities") { Description = "One more column for each class" };
    private readonly Option<string> _fit = FitOption();
    private readonly Option<int?> _steps = Inputs.WholeNumber(
        "--steps", "Continue a series or a text by so many steps or characters", 1, 1_000_000);
    private readonly Option<double?> _temperature = Inputs.Number(
        "--temperature", "Of characters that --steps draws, 0 the most probable. Default: 1");
    private readonly Option<int?> _seed = Inputs.WholeNumber(
        "--draw-seed", "Of the characters that --steps draws. Default: 0", 0, int.MaxValue);

    private readonly ReadingOptions _reading = new(isForModel: true);

    public PredictCommand()
        : base(
            "predict",
            "Predict rows, images, or what follows in a series or a text",
            "predict digits new-digits.csv",
            "predict digits new-digits.csv -o predictions.csv --probabilities",
            "predict digits new-digits.csv --trial 7",
            "predict faces photos/ --trial 3 --output code -o codes.csv",
            "predict nuclei photos/ --trial 3 --fit resize -o masks",
            "predict sunspots sunspots.csv --trial 3 --steps 12")
    {
        Add(_model);
        Add(_input);
        Add(_trial);
        Add(_output);
        Add(_probabilities);
        Add(_fit);
        Add(_steps);
        Add(_temperature);
        Add(_seed);
        foreach (var option in _reading.All)
        {
            Add(option);
        }

        Works = true;
        SeeAlso = ["evaluate", "ensemble", "best"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => PredictionRun.RunAsync(
        context,
        new()
        {
            Model = parse.GetRequiredValue(_model),
            Input = parse.GetRequiredValue(_input),
            Trial = parse.GetValue(_trial),
            OutputFile = FileOf(parse),
            Probabilities = parse.GetValue(_probabilities),
            Fit = FitOf(parse.GetRequiredValue(_fit)),
            Continuation = ContinuationOf(parse),
            Answer = AnswerOf(parse),
            FitsAsTrained = parse.GetRequiredValue(_fit) == AsTrained,
            Said = _reading.Of(parse),
            Drawing = DrawingOf(parse),
        });

    // What an autoencoder gives is said by the same option as where it goes.
    private string? FileOf(ParseResult parse)
    {
        string[] files = [.. (parse.GetValue(_output) ?? []).Where(value => AnswerOf(value) is null)];
        return files.Length < 2
            ? files.FirstOrDefault()
            : throw new CliException(ExitCodes.WrongUsage, "--output names two files.", "name one", CommandCodes.WrongUsage);
    }

    private AutoencoderAnswer? AnswerOf(ParseResult parse)
    {
        AutoencoderAnswer[] answers = [.. (parse.GetValue(_output) ?? []).Select(AnswerOf).OfType<AutoencoderAnswer>()];
        return answers.Length switch
        {
            0 => null,
            1 => answers[0],
            _ => throw new CliException(
                ExitCodes.WrongUsage, "--output asks for two things.", "ask for reconstruction or code", CommandCodes.WrongUsage),
        };
    }

    private static AutoencoderAnswer? AnswerOf(string word) =>
        word switch { "reconstruction" => AutoencoderAnswer.Reconstruction, "code" => AutoencoderAnswer.Code, _ => null };

    private string? DrawingOf(ParseResult parse) =>
        parse.GetValue(_temperature) is not null ? _temperature.Name : parse.GetValue(_seed) is not null ? _seed.Name : null;

    private Continuation? ContinuationOf(ParseResult parse)
    {
        var temperature = parse.GetValue(_temperature) ?? 1;
        return parse.GetValue(_steps) is not { } steps ? null
            : temperature >= 0 ? new(steps, temperature, parse.GetValue(_seed) ?? 0)
            : throw new CliException(
                ExitCodes.WrongUsage,
                $"--temperature is {Format.Number(temperature)}, but must be at least 0.",
                "for example: --temperature 0.7",
                CommandCodes.WrongUsage);
    }

    /// <summary>The word that has images of another size fitted as training did.</summary>
    internal const string AsTrained = "training";

    /// <summary>How images of another size are fitted.</summary>
    internal static Option<string> FitOption() => Inputs.Choice(
        "--fit",
        "Images of another size: training does as training did, none refuses them, resize scales, crop cuts or pads. Default: training",
        AsTrained,
        AsTrained,
        "none",
        "resize",
        "crop");

    /// <summary>Reads the option.</summary>
    internal static ImageFit? FitOf(string word) => word switch { "resize" => ImageFit.Resize, "crop" => ImageFit.Crop, _ => null };
}
