using SearchCluster.Models.Data.Images.Targets;

namespace SearchCluster.Models.Data;

/// <summary>What a network needs to know of the data it is built for.</summary>
/// <param name="Input">Shape of one row as the network sees it: [columns], [channels, height, width], [steps,
/// features], or [steps] of symbols.</param>
/// <param name="Target">What is to be answered.</param>
/// <param name="Columns">Names of the columns of a table, in order; empty for images and series.</param>
/// <param name="ClassLabels">Names of the classes, in the order of the outputs; empty where the answer is numbers.</param>
/// <param name="TargetNames">Names of the numbers to answer, in the order of the outputs; empty where the answer is a class.</param>
/// <param name="Symbols">Number of different symbols when the input is a series of symbols; null otherwise.</param>
/// <param name="ClassColumn">Where the training table held the class; null for other data, and in models of earlier releases.</param>
/// <param name="Void">For masks: the value of pixels without a class, or <c>none</c>; null for other data, and in models of earlier
/// releases.</param>
public sealed record DataShape(
    ValueArray<long> Input,
    TargetKind Target,
    ValueArray<string> Columns,
    ValueArray<string> ClassLabels,
    ValueArray<string> TargetNames,
    int? Symbols = null,
    Tables.ClassColumn? ClassColumn = null,
    string? Void = null)
{
    /// <summary>For masks: how the files of the training targets hold the classes; null where they differ in that, for other data, and in
    /// models of earlier releases.</summary>
    public MaskForm? MaskForm { get; init; }

    /// <summary>Numbers in one row.</summary>
    public long InputSize => Input.Aggregate(1L, (product, size) => product * size);

    /// <summary>Outputs of the network for one row, or for one pixel.</summary>
    public int Outputs => Target == TargetKind.Numbers ? TargetNames.Count : ClassLabels.Count;

    /// <summary>Makes the shape of a table.</summary>
    /// <param name="columns">Names of the features.</param>
    /// <param name="classLabels">Names of the classes.</param>
    public static DataShape OfTable(ValueArray<string> columns, ValueArray<string> classLabels)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new([columns.Count], TargetKind.Class, columns, classLabels, []);
    }

    /// <summary>Describes the shape for people, for example <c>1 × 28 × 28, 10 classes</c>.</summary>
    /// <returns>One line.</returns>
    public string Describe() => Outputs == 0
        ? DescribeInput()
        : $"{DescribeInput()}, {(Target == TargetKind.Numbers ? $"{TargetNames.Count} number(s)" : $"{ClassLabels.Count} classes")}"
            + $"{(Target == TargetKind.Mask ? " for each pixel" : "")}";

    /// <summary>Describes what a network sees, for example <c>1 × 28 × 28</c>.</summary>
    /// <returns>One line.</returns>
    public string DescribeInput() => string.Join(" × ", Input);
}
