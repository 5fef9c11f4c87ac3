using System.Text;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Output;
using SearchCluster.Cli.Specs;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Ensembles;

namespace SearchCluster.Cli.Predictions;

/// <summary>Predicts the character after a text, or writes the text on.</summary>
internal static class TextPredictions
{
    private const int LargestFile = 256 << 20;
    private const int TextsAtOnce = 4_096;

    public static async Task<double[,]> NextAsync(CommandContext context, PredictionRequest request, IPredictor model) => model.PredictNext([await ReadAsync(context, request.Input)]);

    /// <summary>Writes the text on, character by character, each drawn by what the model says of those before it.</summary>
    public static async Task ContinueAsync(CommandContext context, PredictionRequest request, string path, IPredictor model, TextPreprocessing alphabet, Continuation continuation)
    {
        if (alphabet.Horizon != 1)
        {
            throw new CliException(
                ExitCodes.WrongUsage, $"--steps writes a text on, but the model answers the character {alphabet.Horizon} further on.", "train with series: { horizon: 1 }, or leave --steps out", "SC0002");
        }

        var prompt = await ReadAsync(context, request.Input);
        var text = new StringBuilder(prompt);
        var stream = new RandomStream((ulong)continuation.Seed);
        for (var step = 0; step < continuation.Steps; step++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            // Only the last window is looked at, so a long text costs no more than a short one.
            var shown = Math.Min(text.Length, alphabet.Window);
            text.Append(Draw(model, text.ToString(text.Length - shown, shown), continuation.Temperature, stream));
        }

        var written = text.ToString(prompt.Length, text.Length - prompt.Length);
        if (request.OutputFile is { } file)
        {
            OutputFile.Write(context.FullPath(file), prompt + written);
            context.Output.Note($"{Format.Count(written.Length, "character")} written to {file}.");
        }

        if (context.Output.IsJson)
        {
            context.Output.WriteJson(new TextPredictDocument(path, prompt.Length, written, continuation.Temperature, continuation.Seed), CliJsonContext.Default.TextPredictDocument);
        }
        else if (request.OutputFile is null)
        {
            context.Output.Data.WriteLine(SafeText.OfLines(prompt + written));
        }
    }

    /// <summary>Compares what the model says follows each window with what does.</summary>
    public static async Task<Evaluation> EvaluateAsync(CommandContext context, PredictionRequest request, IPredictor model, TextPreprocessing alphabet)
    {
        var text = await ReadAsync(context, request.Input);
        var ahead = alphabet.Window + alphabet.Horizon;
        int[] starts = [.. Enumerable.Range(0, Math.Max(0, ((text.Length - ahead) / alphabet.Window) + (text.Length >= ahead ? 1 : 0))).Select(row => row * alphabet.Window)];
        if (starts.Length == 0)
        {
            throw new CliException(ExitCodes.InvalidInput, $"{SafeText.Of(request.Input)} has {text.Length} characters, but a window of {alphabet.Window} with the character {alphabet.Horizon} further on needs {ahead}.", "give a longer text", "SC3013");
        }

        var probabilities = new double[starts.Length, model.ClassLabels.Count];
        foreach (var (chunk, number) in starts.Chunk(TextsAtOnce).Select((chunk, number) => (chunk, number)))
        {
            var predicted = model.PredictNext([.. chunk.Select(start => text.Substring(start, alphabet.Window))]);
            Array.Copy(predicted, 0, probabilities, number * TextsAtOnce * model.ClassLabels.Count, predicted.Length);
        }

        return Evaluation.OfClasses(probabilities, [.. starts.Select(start => text[start + ahead - 1].ToString())], model.ClassLabels);
    }

    // p^(1/T), which sharpens or flattens the choice.
    private static char Draw(IPredictor model, string text, double temperature, RandomStream stream)
    {
        var probabilities = model.PredictNext([text]);
        var count = model.ClassLabels.Count;
        if (temperature == 0)
        {
            return model.ClassLabels[Enumerable.Range(0, count).MaxBy(k => probabilities[0, k])][0];
        }

        double[] weights = [.. Enumerable.Range(0, count).Select(k => Math.Pow(probabilities[0, k], 1 / temperature))];
        var place = stream.NextDouble() * weights.Sum();
        var k = 0;
        while (k < count - 1 && (place -= weights[k]) >= 0)
        {
            k++;
        }

        return model.ClassLabels[k][0];
    }

    private static async Task<string> ReadAsync(CommandContext context, string input)
    {
        if (input == SpecInput.StandardInput)
        {
            return await context.Environment.In.ReadToEndAsync(context.Cancellation);
        }

        try
        {
            PredictionInput.RequireFile(context, input);
            var path = context.FullPath(input);
            return RegularFile.Target(path).Length <= LargestFile
                ? (await File.ReadAllTextAsync(path, context.Cancellation)).TrimStart('\uFEFF')
                : throw new CliException(ExitCodes.InvalidInput, $"{SafeText.Of(input)} has more than {LargestFile >> 20} MiB.", "give a shorter text", "SC3011");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NotFound, $"{SafeText.Of(input)} cannot be opened: {SafeText.Of(exception.Message)}", "give a text file, or - for standard input", "SC3000");
        }
    }
}
