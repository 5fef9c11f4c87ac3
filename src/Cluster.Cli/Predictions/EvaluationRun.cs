using System.Globalization;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Cli.Predictions.Kinds;
using SearchCluster.Cli.Rendering;
using SearchCluster.Insight.Wording;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Ensembles.Scoring;

namespace SearchCluster.Cli.Predictions;

/// <summary>Predicts data whose answers are known, and says how often and how far the model is wrong.</summary>
internal static class EvaluationRun
{
    private const int MostClassesShown = 20;

    public static async Task<int> RunAsync(CommandContext context, PredictionRequest request, string? target)
    {
        var found = await ModelLocator.FindAsync(context, request);
        return await PredictionRun.WithModelAsync(context, found, async model =>
        {
            var evaluation = Evaluation.Of(await EvaluateAsync(context, request, target, model), model);
            if (context.Output.IsJson)
            {
                context.Output.WriteJson(
                    new EvaluateDocument(
                        found.Shown,
                        evaluation.Rows,
                        evaluation.Metrics,
                        [.. model.ClassLabels],
                        evaluation.Confusion,
                        evaluation.PerClass),
                    CliJsonContext.Default.EvaluateDocument);
                return ExitCodes.Done;
            }

            var data = context.Output.Data;
            data.WriteLine(Format.Count(evaluation.Rows, model.Shape.Target == TargetKind.Mask ? "image" : "row"));
            foreach (var (metric, value) in evaluation.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
            {
                data.WriteLine($"  {metric,-14}{Format.Number(value),12}");
            }

            if (evaluation.PerClass is { Count: <= MostClassesShown } classes)
            {
                data.WriteLine();
                context.Output.DataConsole.Write(Scores(classes, model.Shape.Target == TargetKind.Mask));
            }

            if (evaluation.Confusion is { Count: <= MostClassesShown } confusion)
            {
                WriteConfusion(data, model.ClassLabels, confusion);
            }

            return ExitCodes.Done;
        });
    }

    private static async Task<ModelScores> EvaluateAsync(
        CommandContext context, PredictionRequest request, string? target, IPredictor model)
    {
        OptionFit.Require(request, model, target);
        if (model.Preprocessing is TextPreprocessing)
        {
            PredictionInput.RefuseReading(request);
            return await TextPredictions.EvaluateAsync(context, request, model);
        }

        var input = await PredictionInput.OpenAsync(context, request.Input);
        if (PredictionInput.AreImages(input, model))
        {
            OptionFit.RequireImages(target);
            var (images, _) = PredictionInput.Images(context, input, request, model, withAnswers: !model.IsAutoencoder);
            TellParts(context, images.Parts is { } parts
                ? [(parts.Train, "to train"), (parts.Validation, "to validate"), (parts.Test, "to test")]
                : []);
            return model.Evaluate(new PredictorInput.Images(images), AnswersOf(images, request, model));
        }

        OptionFit.RequireTable(request);
        var table = PredictionInput.Table(context, input, request, model, rows => Scored(context, rows, target, model));
        if (model.Preprocessing is SeriesPreprocessing series)
        {
            return model.EvaluateSeries(SeriesPredictions.Steps(context, table, series).Steps);
        }

        TellParts(context, table.Files > 1 ? table.CountFiles() : []);
        return model.Evaluate(new PredictorInput.Table(table), AnswersOf(table, target, model));
    }

    // What the model learned from is among them, so that the score flatters it.
    private static void TellParts(CommandContext context, IEnumerable<(int Count, string Part)> parts)
    {
        (int Count, string Part)[] there = [.. parts.Where(part => part.Count > 0)];
        if (there.Length > 1)
        {
            context.Output.Note(
                $"All parts are scored together: {string.Join(", ", there.Select(part => $"{part.Count} {SafeText.Of(part.Part)}"))}. Name "
                    + $"one of them to score it alone.");
        }
    }

    // What training left out says nothing of the model.
    private static CsvTable Scored(CommandContext context, CsvTable table, string? target, IPredictor model)
    {
        if (model.Preprocessing is not TablePreprocessing columns)
        {
            return table;
        }

        var (rows, notes) = ScoredRows.Of(table, columns, model.Shape, target, !model.IsAutoencoder);
        foreach (var note in notes)
        {
            context.Output.Warn(note);
        }

        return rows;
    }

    private static KnownAnswers AnswersOf(ImageRows images, PredictionRequest request, IPredictor model) =>
        model.IsAutoencoder ? KnownAnswers.None
        : model.Shape.Target == TargetKind.Mask ? KnownAnswers.OfMasks(images, model.Shape)
        : model.Shape.Target == TargetKind.Numbers ? KnownAnswers.OfNumbers(images, model.TargetNames)
        : images.Labels is { } labels
            ? KnownAnswers.OfClasses(labels, model.ClassLabels, row => images.PlaceOf?.Invoke(row) ?? $"Image {images.Names[row]}")
        : throw new CliException(
            ExitCodes.InvalidInput,
            $"{SafeText.Of(request.Input)} does not tell the classes of its images.",
            "give a folder for each class, or IDX files with labels",
            DataCodes.Labels);

    private static KnownAnswers AnswersOf(CsvTable table, string? target, IPredictor model) =>
        model.IsAutoencoder ? KnownAnswers.None
        : model.ClassLabels.Count > 0
            ? KnownAnswers.OfClasses(TableTruth.Labels(table, model.Shape, target, model.Preprocessing.Reading), model.ClassLabels)
        : KnownAnswers.OfNumbers(TableTruth.Numbers(table, model.Shape, target, model.Preprocessing.Reading));

    private static Spectre.Console.Table Scores(IReadOnlyList<ClassScoreJson> classes, bool isMask)
    {
        var table = Tables.New(
            ["class", isMask ? "pixels" : "rows", "precision", "recall", "f1", .. isMask ? ["iou"] : Array.Empty<string>()]);
        foreach (var one in classes)
        {
            table.Row([one.Class, $"{one.Count}", Format.Number(one.Precision), Format.Number(one.Recall), Format.Number(one.F1), .. isMask
                ? [one.Iou is { } iou ? Format.Number(iou) : "-"]
                : Array.Empty<string>()]);
        }

        return table;
    }

    private static void WriteConfusion(TextWriter data, ValueArray<string> classes, IReadOnlyList<IReadOnlyList<long>> confusion)
    {
        var names = classes.Select(name => SafeText.Of(name)).ToArray();
        var width = Math.Max(6, names.Max(name => name.Length) + 2);
        data.WriteLine();
        data.WriteLine($"  {"truth",-8}  {string.Concat(names.Select(name => name.PadLeft(width)))}");
        for (var k = 0; k < names.Length; k++)
        {
            data.WriteLine(
                $"  {names[k],-8}  "
                    + $"{string.Concat(confusion[k].Select(count => count.ToString(CultureInfo.InvariantCulture).PadLeft(width)))}");
        }
    }
}
