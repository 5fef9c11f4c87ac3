using System.Globalization;
using SearchCluster.Artifacts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data;
using SearchCluster.Models.ModelFiles;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>Refuses what is no number: a model of NaN predicts NaN for every row, which looks like an answer.</summary>
internal static class Finite
{
    /// <summary>Checks the weights of a model file.</summary>
    /// <exception cref="ArtifactException">SC3254.</exception>
    public static void Check(ModelFile file)
    {
        foreach (var weight in file.Weights)
        {
            var bad = weight.Type switch
            {
                StoredType.F32 => weight.ToSingles().Count(value => !float.IsFinite(value)),
                StoredType.F64 => weight.ToDoubles().Count(value => !double.IsFinite(value)),
                _ => 0,
            };
            if (bad > 0)
            {
                throw new ArtifactException(
                    DataCodes.WeightsNotFinite,
                    $"{bad} of the numbers in '{DisplayText.Shorten(weight.Name)}' of the model are NaN or infinite, "
                        + $"so all that it predicts would be; its training diverged, or the file was made otherwise. Use another trial.");
            }
        }
    }

    /// <summary>Checks predictions.</summary>
    /// <param name="predictions">Shape [rows, outputs].</param>
    /// <returns>The same.</returns>
    /// <exception cref="DataException">SC3255.</exception>
    public static double[,] Check(double[,] predictions)
    {
        var outputs = predictions.GetLength(1);
        var at = 0;
        foreach (var value in predictions)
        {
            if (!double.IsFinite(value))
            {
                throw new DataException(
                    DataCodes.PredictionNotFinite,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The model answers {value} for row {(at / outputs) + 1} of {predictions.GetLength(0)}; an answer must be finite. "
                            + $"The row holds numbers far outside the training data, or empty fields: look at it, or leave it out."));
            }

            at++;
        }

        return predictions;
    }
}
