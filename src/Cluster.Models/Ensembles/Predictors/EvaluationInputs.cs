using SearchCluster.Artifacts;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Series;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.ModelFiles;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Predictors;

/// <summary>Rows of a sequence with the answers that the sequence itself holds.</summary>
internal static class EvaluationInputs
{
    /// <summary>Cuts a series as the training data were cut.</summary>
    /// <returns>Windows as they are stored, and what follows each.</returns>
    public static (Tensor Inputs, KnownAnswers Answers) OfSeries(ModelFile file, double[,] steps, bool isAutoencoder)
    {
        var series = file.Preprocessing as SeriesPreprocessing
            ?? throw new ArtifactException(
                ModelCodes.OtherData, $"The model expects inputs of shape {string.Join(" × ", file.Shape.Input)}, not a series.");
        var (count, windows) = (steps.GetLength(0), new Windows(series.Window, series.Horizon, series.Stride ?? 1));
        windows.Check("The series", count, "steps", "give a longer series");
        int[] targets = [.. file.Shape.TargetNames.Select(series.Columns.IndexOf)];
        var truth = new double[windows.Count(count), targets.Length];
        for (var i = 0; i < truth.Length; i++)
        {
            var row = i / targets.Length;
            truth[row, i % targets.Length] = steps[windows.Start(row) + series.Window + series.Horizon - 1, targets[i % targets.Length]];
        }

        var inputs = series.Windows(steps, windows.Stride).narrow(0, 0, truth.GetLength(0));
        return (inputs, isAutoencoder ? KnownAnswers.None : KnownAnswers.OfNumbers(truth));
    }

    /// <summary>Cuts a text as the training data were cut.</summary>
    public static (Tensor Inputs, KnownAnswers Answers) OfText(ModelFile file, string text, string name)
    {
        var alphabet = file.Preprocessing as TextPreprocessing
            ?? throw new ArtifactException(
                ModelCodes.OtherData, $"The model expects inputs of shape {string.Join(" × ", file.Shape.Input)}, not a text.");
        var (inputs, answers) = alphabet.Windows(text, name);
        return (inputs, KnownAnswers.OfClasses(answers));
    }
}
