using System.Globalization;
using System.Text;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Output;
using SearchCluster.Cli.Specs;
using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Ensembles;
using SearchCluster.Models.Native;

namespace SearchCluster.Cli.Predictions;

/// <summary>Loads a model, predicts rows of a table, images, a series or a text, and writes what it says. Only this part of the tool loads libtorch.</summary>
internal static class PredictionRun
{
    public static async Task<int> RunAsync(CommandContext context, PredictionRequest request)
    {
        var path = ModelLocator.Find(context, request);
        return await WithModelAsync(context, path, async model =>
        {
            await PredictAsync(context, request, path, model);
            return ExitCodes.Done;
        });
    }

    private static async Task PredictAsync(CommandContext context, PredictionRequest request, string path, IPredictor model)
    {
        switch (model.Preprocessing)
        {
            case SeriesPreprocessing series:
                await SeriesPredictions.RunAsync(context, request, path, model, series);
                return;
            case TextPreprocessing alphabet when request.Continuation is { } continuation:
                await TextPredictions.ContinueAsync(context, request, path, model, alphabet, continuation);
                return;
            case TextPreprocessing:
                Write(context, request, path, model.ClassLabels, await TextPredictions.NextAsync(context, request, model));
                return;
            case var _ when request.Continuation is not null:
                throw new CliException(ExitCodes.WrongUsage, "--steps continues a series or a text, but the model learned from neither.", "leave it out", "SC0002");
            case var _ when model.Shape.Target == TargetKind.Mask:
                MaskFiles.Write(context, request, path, model);
                return;
        }

        var images = PredictionInput.IsTable(context, request.Input) ? null : ImageRows.Read(context.FullPath(request.Input), model.Shape, request.Fit);
        PredictionInput.Tell(context, images);
        var predictions = images is null ? Predict(context, model, await ReadAsync(context, request.Input, model.Preprocessing.Reading)) : model.Predict(images);
        var names = images is { AreFiles: true } ? images.Names : null;
        if (model.ClassLabels.Count == 0)
        {
            NumberPredictions.Write(context, request, path, model.TargetNames, predictions, names);
        }
        else
        {
            Write(context, request, path, model.ClassLabels, predictions, names);
        }
    }

    /// <summary>Predicts the rows of a table, and tells what was not certain of it and how many texts the model takes for no category.</summary>
    public static double[,] Predict(CommandContext context, IPredictor model, CsvTable table)
    {
        var predictions = model.Predict(table);
        foreach (var warning in table.Warnings.Concat(model.Preprocessing is TablePreprocessing columns ? UnseenTexts.Find(table, columns) : []))
        {
            context.Output.Warn(warning);
        }

        return predictions;
    }

    /// <summary>Loads a model and uses it; what is wrong with it or its input becomes an error for people.</summary>
    public static async Task<int> WithModelAsync(CommandContext context, string path, Func<IPredictor, Task<int>> use)
    {
        try
        {
            TorchRuntime.Initialize();
            using IPredictor model = Directory.Exists(path) ? EnsembleModel.Load(path, context.Workloads.Catalog) : TrainedModel.Load(path, context.Workloads.Catalog);
            return await use(model);
        }
        catch (DataException exception)
        {
            throw new CliException(ExitCodes.InvalidInput, exception.Message, null, exception.Code);
        }
        catch (ArtifactException exception)
        {
            throw new CliException(ExitCodes.InvalidInput, exception.Message, null, exception.Code);
        }
    }

    /// <summary>Reads a table as the one was read that the model learned from.</summary>
    public static async Task<CsvTable> ReadAsync(CommandContext context, string input, TableReading? learned)
    {
        if (input == SpecInput.StandardInput)
        {
            var text = await context.Environment.In.ReadToEndAsync(context.Cancellation);
            return CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "<stdin>", learned);
        }

        try
        {
            PredictionInput.RequireFile(context, input);
            await using var file = File.OpenRead(context.FullPath(input));
            return CsvTable.Read(file, input, learned);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NotFound, $"{SafeText.Of(input)} cannot be opened: {SafeText.Of(exception.Message)}", "give a CSV file with the columns of the training data", "SC3000");
        }
    }

    private static void Write(CommandContext context, PredictionRequest request, string path, ValueArray<string> classes, double[,] probabilities, ValueArray<string>? images = null)
    {
        var winners = Enumerable.Range(0, probabilities.GetLength(0)).Select(row => Winner(probabilities, row)).ToList();
        if (request.OutputFile is { } file)
        {
            var text = new StringBuilder();
            WriteCsv(new StringWriter(text, CultureInfo.InvariantCulture) { NewLine = "\n" }, request, classes, probabilities, winners, images);
            OutputFile.Write(context.FullPath(file), text.ToString());
            context.Output.Note($"{Format.Count(winners.Count, "prediction")} written to {file}.");
        }

        if (context.Output.IsJson)
        {
            var document = new PredictDocument(
                path, winners.Count, [.. classes], [.. winners.Select(w => classes[w])], request.Probabilities ? [.. winners.Select((_, row) => Row(probabilities, row))] : null, images);
            context.Output.WriteJson(document, CliJsonContext.Default.PredictDocument);
        }
        else if (request.OutputFile is null)
        {
            WriteCsv(context.Output.Data, request, classes, probabilities, winners, images);
        }
    }

    private static void WriteCsv(TextWriter output, PredictionRequest request, ValueArray<string> classes, double[,] probabilities, List<int> winners, ValueArray<string>? images)
    {
        string[] header = ["prediction", "probability", .. request.Probabilities ? classes.Select(c => $"p({c})") : [], .. images is null ? [] : (string[])["image"]];
        output.WriteLine(CsvText.Line(header));
        for (var row = 0; row < winners.Count; row++)
        {
            string[] cells =
            [
                classes[winners[row]],
                Number(probabilities[row, winners[row]]),
                .. request.Probabilities ? Row(probabilities, row).Select(p => Number(p)) : [],
                .. images is null ? [] : (string[])[images[row]],
            ];
            output.WriteLine(CsvText.Line(cells));
        }
    }

    private static string Number(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);

    private static double[] Row(double[,] probabilities, int row) => [.. Enumerable.Range(0, probabilities.GetLength(1)).Select(c => probabilities[row, c])];

    private static int Winner(double[,] probabilities, int row) =>
        Enumerable.Range(0, probabilities.GetLength(1)).Aggregate(0, (best, c) => probabilities[row, c] > probabilities[row, best] ? c : best);
}
