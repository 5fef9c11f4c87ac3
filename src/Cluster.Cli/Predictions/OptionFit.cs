using SearchCluster.Cli.Failures;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Ensembles.Predictors;

namespace SearchCluster.Cli.Predictions;

/// <summary>Refuses options that say nothing to the model at hand: who gives one expects it to change the answer.</summary>
internal static class OptionFit
{
    /// <summary>Checks what was given.</summary>
    /// <param name="request">The options.</param>
    /// <param name="model">What is to predict.</param>
    /// <param name="target">What <c>--target</c> of evaluate names, or null.</param>
    /// <exception cref="CliException">One of them does not fit the model.</exception>
    public static void Require(PredictionRequest request, IPredictor model, string? target = null)
    {
        var (isSeries, isText) = (model.Preprocessing is SeriesPreprocessing, model.Preprocessing is TextPreprocessing);
        var takesImages = model.Shape.Input.Count == 3;
        var answersClasses = model is { IsAutoencoder: false, ClassLabels.Count: > 0, Shape.Target: not TargetKind.Mask };
        Refuse(
            request.Answer is not null && !model.IsAutoencoder,
            request.Answer == AutoencoderAnswer.Code ? "--output code" : "--output reconstruction",
            "is what an autoencoder gives",
            "the model is none",
            $"leave it out; a file of that name is -o ./{(request.Answer == AutoencoderAnswer.Code ? "code" : "reconstruction")}");
        Refuse(
            request.Continuation is not null && (model.IsAutoencoder || !(isSeries || isText)),
            "--steps",
            "continues a series or a text",
            $"the model answers neither: it is {KindOf(model)}");
        Refuse(
            request.Drawing is not null && (model.IsAutoencoder || !isText),
            request.Drawing!,
            "is of the characters that --steps draws",
            $"the model draws none: it is {KindOf(model)}");
        Refuse(
            request.Drawing is not null && request.Continuation is null,
            request.Drawing!,
            "is of the characters that --steps draws",
            "--steps is not given",
            "add --steps N, or leave it out");
        Refuse(
            request.Fit is not null && !takesImages,
            "--fit",
            "is of images of another size",
            $"the model takes none: it is {KindOf(model)}");
        Refuse(
            request.Probabilities && !answersClasses,
            "--probabilities",
            "adds a column for each class",
            $"the model names no class of a row: it is {KindOf(model)}");
        Refuse(
            request.Probabilities && request.Continuation is not null,
            "--probabilities",
            "adds a column for each class",
            "--steps writes a text on, without columns",
            "leave one of the two out");
        Refuse(
            target is not null && (model.IsAutoencoder || isSeries || isText),
            "--target",
            "names the column of the answer",
            $"the model needs none: it is {KindOf(model)}");
    }

    /// <summary>Checks that nothing was said of images where a table is read.</summary>
    /// <exception cref="CliException">It was.</exception>
    public static void RequireTable(PredictionRequest request) => Refuse(
        request.Fit is not null, "--fit", "is of images of another size", "the input is a table");

    /// <summary>Checks that no column was named where images are read.</summary>
    /// <exception cref="CliException">One was.</exception>
    public static void RequireImages(string? target) =>
        Refuse(target is not null, "--target", "names the column of the answer", "the input is images");

    private static void Refuse(bool isWrong, string option, string meaning, string fact, string help = "leave it out")
    {
        if (isWrong)
        {
            throw new CliException(ExitCodes.WrongUsage, $"{option} {meaning}, but {fact}.", help, CommandCodes.WrongUsage);
        }
    }

    private static string KindOf(IPredictor model) =>
        model.IsAutoencoder ? "an autoencoder"
        : model.Preprocessing is SeriesPreprocessing ? "one of a series"
        : model.Preprocessing is TextPreprocessing ? "one of a text"
        : model.Shape.Target == TargetKind.Mask ? "one that makes masks"
        : model.ClassLabels.Count == 0 ? $"one that answers numbers of {(model.Shape.Input.Count == 3 ? "images" : "rows")}"
        : $"one that answers a class of {(model.Shape.Input.Count == 3 ? "images" : "rows")}";
}
