using SearchCluster.Artifacts;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Fetching;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Predictions.Kinds;
using SearchCluster.Cli.Workloads;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Native;

namespace SearchCluster.Cli.Predictions;

/// <summary>Loads a model, predicts rows of a table, images, a series or a text, and writes what it says. Only
/// this part of the tool loads libtorch.</summary>
internal static class PredictionRun
{
    public static async Task<int> RunAsync(CommandContext context, PredictionRequest request)
    {
        var found = await ModelLocator.FindAsync(context, request);
        return await WithModelAsync(context, found, async model =>
        {
            await PredictAsync(context, request, found.Shown, model);
            return ExitCodes.Done;
        });
    }

    /// <summary>Makes new rows or images.</summary>
    public static async Task<int> GenerateAsync(CommandContext context, PredictionRequest request, int count, int seed)
    {
        var found = await ModelLocator.FindAsync(context, request);
        return await WithModelAsync(context, found, model =>
        {
            RequireCode(model);
            AutoencoderPredictions.Generate(context, request, found.Shown, model, count, seed);
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
        OptionFit.Require(request, model);
        if (model.IsAutoencoder)
        {
            await AutoencoderPredictions.RunAsync(context, request, path, model);
            return;
        }

        if (model.Preprocessing is TextPreprocessing)
        {
            PredictionInput.RefuseReading(request);
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
                ClassPredictions.Write(
                    context, request, path, model.ClassLabels, await TextPredictions.NextAsync(context, request, model), new(null, null));
                return;
            case var _ when model.Shape.Target == TargetKind.Mask:
                await MaskFiles.WriteAsync(context, request, path, model);
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

    /// <summary>Loads a model and uses it; what is wrong with it or its input becomes an error for people.</summary>
    public static async Task<int> WithModelAsync(CommandContext context, FoundModel found, Func<IPredictor, Task<int>> use)
    {
        try
        {
            return await LeavableWork.RunAsync(_ => UseAsync(context, found.Path, use), context.Environment.Clock, context.Cancellation);
        }
        catch (DataException exception)
        {
            throw DataFailure.Of(exception);
        }
        catch (ArtifactException exception)
        {
            throw ArtifactFailure.Of(exception, place: found.Told);
        }
    }

    private static async Task<int> UseAsync(CommandContext context, string path, Func<IPredictor, Task<int>> use)
    {
        TorchRuntime.Initialize();
        using IPredictor model = Directory.Exists(path)
            ? EnsembleModel.Load(path, context.Workloads.Catalog)
            : TrainedModel.Load(path, context.Workloads.Catalog);
        return await use(model);
    }
}
