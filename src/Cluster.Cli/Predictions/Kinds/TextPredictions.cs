using System.Text;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Insight.Wording;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Ensembles.Scoring;

namespace SearchCluster.Cli.Predictions.Kinds;

/// <summary>Predicts the character after a text, or writes the text on.</summary>
internal static class TextPredictions
{
    public static async Task<double[,]> NextAsync(CommandContext context, PredictionRequest request, IPredictor model) =>
        model.PredictNext([(await ReadAsync(context, request.Input, model, isLastWindow: true)).Text]);

    /// <summary>Writes the text on, character by character, each drawn by what the model says of those before it.</summary>
    public static async Task ContinueAsync(
        CommandContext context,
        PredictionRequest request,
        string path,
        IPredictor model,
        TextPreprocessing alphabet,
        Continuation continuation)
    {
        if (alphabet.Horizon != 1)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--steps writes a text on, but the model answers the character {alphabet.Horizon} further on.",
                "train with series: { horizon: 1 }, or leave --steps out",
                CommandCodes.WrongUsage);
        }

        var (_, prompt) = await ReadAsync(context, request.Input, model, isLastWindow: true);
        var characters = prompt.EnumerateRunes().Count();

        // Only the last window is looked at, so a long text costs no more than a short one.
        var shown = new Queue<string>(prompt.EnumerateRunes().TakeLast(alphabet.Window).Select(rune => rune.ToString()));
        var (text, stream) = (new StringBuilder(), new RandomStream((ulong)continuation.Seed));
        for (var step = 0; step < continuation.Steps; step++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var next = Draw(model, string.Concat(shown), continuation.Temperature, stream);
            text.Append(next);
            shown.Enqueue(next);
            if (shown.Count > alphabet.Window)
            {
                shown.Dequeue();
            }
        }

        var written = text.ToString();
        PredictionOutput.WriteText(
            context,
            request.OutputFile,
            () => request.OutputFile is null ? prompt + written + '\n' : prompt + written,
            Format.Count(continuation.Steps, "character"),
            () => new TextPredictDocument(path, characters, written, continuation.Temperature, continuation.Seed),
            CliJsonContext.Default.TextPredictDocument);
    }

    /// <summary>Compares what the model says follows each window with what does.</summary>
    public static async Task<ModelScores> EvaluateAsync(CommandContext context, PredictionRequest request, IPredictor model)
    {
        var (name, text) = await ReadAsync(context, request.Input, model, isLastWindow: false);
        return model.EvaluateText(text, SafeText.Of(name));
    }

    // p^(1/T), which sharpens or flattens the choice.
    private static string Draw(IPredictor model, string text, double temperature, RandomStream stream)
    {
        var probabilities = model.PredictNext([text]);
        var count = model.ClassLabels.Count;
        if (temperature == 0)
        {
            return model.ClassLabels[Enumerable.Range(0, count).MaxBy(k => probabilities[0, k])];
        }

        double[] weights = [.. Enumerable.Range(0, count).Select(k => Math.Pow(probabilities[0, k], 1 / temperature))];
        var place = stream.NextDouble() * weights.Sum();
        var k = 0;
        while (k < count - 1 && (place -= weights[k]) >= 0)
        {
            k++;
        }

        return model.ClassLabels[k];
    }

    private static async Task<(string Name, string Text)> ReadAsync(
        CommandContext context, string given, IPredictor model, bool isLastWindow)
    {
        var input = await PredictionInput.OpenAsync(context, given);
        PredictionInput.Tell(context, input.Notes);
        var (name, text) = input.Text();
        PredictionInput.Tell(
            context, model.Preprocessing is TextPreprocessing alphabet ? alphabet.Check(SafeText.Of(name), text, isLastWindow) : []);
        return (name, text);
    }
}
