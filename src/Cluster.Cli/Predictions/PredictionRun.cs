using SearchCluster.Artifacts;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Specs;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Series;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Native;

namespace SearchCluster.Cli.Predictions;

/// <summary>Loads a model, predicts rows of a table, images, a series or a text, and writes what it says. Only this part of the tool loads libtorch.</summary>
internal static class PredictionRun
{
    public static async Task<int> RunAsync(CommandContext context, PredictionRequest request)
    {
        var path = await ModelLocator.FindAsync(context, request);
        return await WithModelAsync(context, path, async model =>
        {
            await PredictAsync(context, request, path, model);
            return ExitCodes.Done;
        });
    }

    /// <summary>Makes new rows or images.</summary>
    public static async Task<int> GenerateAsync(CommandContext context, PredictionRequest request, int count, int seed)
    {
        var path = await ModelLocator.FindAsync(context, request);
        return await WithModelAsync(context, path, model =>
        {
            RequireCode(model);
            AutoencoderPredictions.Generate(context, request, path, model, count, seed);
            return Task.FromResult(ExitCodes.Done);
        });
    }

    private static void RequireCode(IPredictor model)
    {
        if (!model.IsAutoencoder)
        {
            throw new CliException(
                ExitCodes.InvalidInput,
                "The model answers questions about its input and makes nothing new: it is no autoencoder.",
                "train one with workload vae, or use what this model does: searchcluster predict MODEL INPUT",
                ModelCodes.NoCode);
        }
    }

    private static async Task PredictAsync(CommandContext context, PredictionRequest request, string path, IPredictor model)
    {
        Check(request, model);
        if (model.IsAutoencoder)
        {
            await AutoencoderPredictions.RunAsync(context, request, path, model);
            return;
        }

        switch (model.Preprocessing)
        {
            case SeriesPreprocessing series:
                await SeriesPredictions.RunAsync(context, request, path, model, series);
                return;
            case TextPreprocessing alphabet when request.Continuation is { } continuation:
                await TextPredictions.ContinueAsync(context, request, path, model, alphabet, continuation);
                return;
            case TextPreprocessing:
                ClassPredictions.Write(context, request, path, model.ClassLabels, await TextPredictions.NextAsync(context, request, model));
                return;
            case var _ when model.Shape.Target == TargetKind.Mask:
                MaskFiles.Write(context, request, path, model);
                return;
        }

        var (input, names) = await PredictionInput.ReadAsync(context, request, model);
        if (model.ClassLabels.Count == 0)
        {
            NumberPredictions.Write(context, request, path, model.TargetNames, model.Predict(input), names);
        }
        else
        {
            ClassPredictions.Write(context, request, path, model.ClassLabels, model.Predict(input), names);
        }
    }

    private static void Check(PredictionRequest request, IPredictor model)
    {
        if (request.Answer is { } answer && !model.IsAutoencoder)
        {
            var word = answer == AutoencoderAnswer.Code ? "code" : "reconstruction";
            throw new CliException(ExitCodes.WrongUsage, $"--output {word} is what an autoencoder gives, but the model is none.", $"leave it out; a file of that name is -o ./{word}", CommandCodes.WrongUsage);
        }

        if (request.Continuation is not null && (model.IsAutoencoder || model.Preprocessing is not (SeriesPreprocessing or TextPreprocessing)))
        {
            throw new CliException(ExitCodes.WrongUsage, "--steps continues a series or a text, but the model answers neither.", "leave it out", CommandCodes.WrongUsage);
        }
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

    /// <summary>Reads a table as the one was read that the model learned from; tells what was not certain of it, and how many texts the model takes for no category.</summary>
    /// <param name="context">The command.</param>
    /// <param name="input">A path, or - for standard input.</param>
    /// <param name="model">The model.</param>
    /// <param name="choose">Chooses rows before any is looked at; null for all.</param>
    public static async Task<CsvTable> ReadAsync(CommandContext context, string input, IPredictor model, Func<CsvTable, CsvTable>? choose = null)
    {
        var table = await ReadAsync(context, input, model.Preprocessing.Reading);
        table = choose is null ? table : choose(table);
        foreach (var warning in table.Warnings.Concat(model.Preprocessing is TablePreprocessing columns ? UnseenTexts.Find(table, columns) : []))
        {
            context.Output.Warn(warning);
        }

        return table;
    }

    private static async Task<CsvTable> ReadAsync(CommandContext context, string input, TableReading? learned)
    {
        if (input == SpecInput.StandardInput)
        {
            return CsvTable.Read(new MemoryStream(await StandardInput.ReadAsync(context, "table", TextFile.MaximumBytes)), StandardInput.Name, learned);
        }

        try
        {
            PredictionInput.RequireFile(context, input);
            await using var file = File.OpenRead(context.FullPath(input));
            return CsvTable.Read(file, input, learned);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NotFound, $"{SafeText.Of(input)} cannot be opened: {SafeText.Of(exception.Message)}", "give a CSV file with the columns of the training data", DataCodes.CannotOpen);
        }
    }
}
