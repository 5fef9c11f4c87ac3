using SearchCluster.Models.Data.Splits;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data;

/// <summary>A data set as its reader found it: on the host, not split, nothing fitted.</summary>
/// <param name="name">Where it comes from, for messages.</param>
internal abstract class Samples(string name)
{
    public string Name { get; } = name;

    public abstract int Rows { get; }

    /// <summary>Class of each row, which a stratified split keeps in proportion; null where the answer is no class.</summary>
    public virtual IReadOnlyList<int>? Strata => null;

    /// <summary>The classes and which of them each row has; null where the answer is no class that rows or pixels have.</summary>
    public virtual RowClasses? Classes => null;

    /// <summary>Parts that the data bring themselves; null where a split has to make them.</summary>
    public virtual GivenParts? Given => null;

    /// <summary>Number of each row in its file, where rows of the file were left out; null where none was.</summary>
    public int[]? Numbers { get; init; }

    /// <summary>Rows of the file, of which <see cref="Numbers"/> are some.</summary>
    public int FileRows { get; init; }

    /// <summary>Rows that belong together; null where each is alone.</summary>
    public virtual RowGroups? Groups => null;

    /// <summary>Why no row may be left to validate with; null where the shares alone are the reason.</summary>
    public virtual DataException? WhyNoneToValidate => null;

    /// <summary>True for rows in the order of time, whose parts must be one after the other.</summary>
    public virtual bool IsOrdered => false;

    /// <summary>What a person should know about how they were read, for example files that were left out; a sentence each.</summary>
    public ValueArray<string> Notes { get; set; } = [];

    /// <summary>Which bytes they were read from; null where they come with the product.</summary>
    public DataIdentity? Identity { get; set; }

    /// <summary>Fits preprocessing on the training rows and applies it to all.</summary>
    /// <param name="train">Numbers of the training rows.</param>
    public abstract FittedSamples Fit(int[] train);
}

/// <summary>Which rows the data themselves call training, validation and test; a part that they do not name is empty.</summary>
internal sealed record GivenParts(int[] Train, int[] Validation, int[] Test);

/// <summary>All rows, ready for a network.</summary>
/// <param name="Shape">What they look like.</param>
/// <param name="Preprocessing">How raw rows become inputs; goes into the model file.</param>
/// <param name="Inputs">As in <see cref="DataPart.Inputs"/>, on the host, in the caller's dispose scope.</param>
/// <param name="Targets">As in <see cref="DataPart.Targets"/>, on the host; numbers are scaled.</param>
/// <param name="TargetScaling">Scaling of numbers.</param>
/// <param name="Warnings">What a person should know.</param>
internal sealed record FittedSamples(
    DataShape Shape,
    Preprocessing.InputPreprocessing Preprocessing,
    Tensor Inputs,
    Tensor Targets,
    TargetScaling TargetScaling,
    ValueArray<string> Warnings);
