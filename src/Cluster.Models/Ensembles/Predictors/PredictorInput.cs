using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Ensembles.Predictors;

/// <summary>What a model is asked about.</summary>
public abstract record PredictorInput
{
    private PredictorInput()
    {
    }

    /// <summary>Rows of a table as numbers, or steps of a series.</summary>
    /// <param name="Values">Raw values, not normalised, shape [rows, columns]; a category is its index among
    /// the texts, and NaN an empty field.</param>
    public sealed record Rows(double[,] Values) : PredictorInput;

    /// <summary>Rows of a table, whose columns are found by name.</summary>
    /// <param name="Content">The table; it may have other columns too.</param>
    public sealed record Table(CsvTable Content) : PredictorInput;

    /// <summary>Images.</summary>
    /// <param name="Content">Of the size that the model expects.</param>
    public sealed record Images(ImageRows Content) : PredictorInput;

    /// <summary>Texts, of each of which the last window is looked at.</summary>
    /// <param name="Content">Shorter ones are padded at their start.</param>
    public sealed record Texts(IReadOnlyList<string> Content) : PredictorInput;
}
