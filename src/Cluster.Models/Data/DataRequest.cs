using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Splits;

namespace SearchCluster.Models.Data;

/// <summary>What a reader of data is asked for.</summary>
/// <param name="Spec">How data are read.</param>
/// <param name="Files">Where they are.</param>
/// <param name="Limit">How many rows to use; null for all.</param>
/// <param name="Purpose">What they are read for.</param>
internal sealed record DataRequest(DataSpec Spec, FileTree Files, RowLimit? Limit = null, ReadingPurpose Purpose = ReadingPurpose.Training)
{
    /// <summary>How the table was read that a model learned from; null elsewhere.</summary>
    public TableReading? Learned { get; init; }

    /// <summary>Names of the numbers that a model answers; null where all numbers are answers.</summary>
    public ValueArray<string>? Targets { get; init; }

    /// <summary>True where a model decided how the rows must look.</summary>
    public bool IsForModel => Purpose is ReadingPurpose.Predicting or ReadingPurpose.Evaluating;

    /// <summary>Counts the images of another size, for whoever asked; copies of the request share it.</summary>
    public FittedCount Fitted { get; } = new();

    /// <summary>A list that takes so many images.</summary>
    public ImageList NewImages(int count) => new(Spec.Images, count, Spec.Storage ?? DataStorage.Memory, IsForModel) { Fitted = Fitted };
}

/// <summary>What data are read for.</summary>
internal enum ReadingPurpose
{
    /// <summary>To learn from: every row needs its answer.</summary>
    Training,

    /// <summary>To say what they hold, also what training would refuse or leave out.</summary>
    Describing,

    /// <summary>To be answered by a model: nothing but its inputs needs to be there, and no row is left out.</summary>
    Predicting,

    /// <summary>To be compared with what a model answers: rows without an answer are left out.</summary>
    Evaluating,
}
