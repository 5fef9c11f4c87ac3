namespace SearchCluster.Models.Data.Description;

/// <summary>What a data set holds, for people and tools.</summary>
/// <param name="Format">Its layout.</param>
/// <param name="Rows">Rows of a table, images, or windows of a text.</param>
/// <param name="Shape">What a row looks like, for example <c>1 × 28 × 28</c>.</param>
/// <param name="Parts">Rows of the parts that the data bring themselves; null when they bring none.</param>
/// <param name="Classes">How often each class occurs; empty where the answer is numbers.</param>
/// <param name="CountsPixels">True when the classes are those of pixels.</param>
/// <param name="Void">Pixels that have no class.</param>
/// <param name="Columns">Columns of a table, or the numbers to answer for each image; empty otherwise.</param>
/// <param name="Channels">Mean and deviation of each channel of images; empty otherwise.</param>
/// <param name="Symbols">Different characters of a text; null otherwise.</param>
public sealed record DataDescription(
    DataFormat Format,
    int Rows,
    string Shape,
    DataParts? Parts,
    ValueArray<ClassCount> Classes,
    bool CountsPixels,
    long Void,
    ValueArray<ColumnDescription> Columns,
    ValueArray<ChannelDescription> Channels,
    int? Symbols)
{
    /// <summary>How a table is written; null for other data.</summary>
    public TableDescription? Table { get; init; }

    /// <summary>What a search would warn of, or refuse.</summary>
    public ValueArray<string> Warnings { get; init; } = [];
}

/// <summary>How a table is written.</summary>
/// <param name="HasHeader">Whether its first line names the columns.</param>
/// <param name="Separator">What separates its fields; a blank for any run of blanks.</param>
/// <param name="IsSaid">Whether header and separator were said, not recognised.</param>
public sealed record TableDescription(bool HasHeader, string Separator, bool IsSaid);

/// <summary>Rows of the parts that data bring themselves.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Validation">To judge configurations by; 0 when it is taken from the training part.</param>
/// <param name="Test">To judge the result by.</param>
public sealed record DataParts(int Train, int Validation, int Test);

/// <summary>How often a class occurs.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Count">Rows, or pixels.</param>
public sealed record ClassCount(string Label, long Count);

/// <summary>A column of a table.</summary>
/// <param name="Name">As the header says, or its number from 0.</param>
/// <param name="Type">Numbers where at least half of its fields are, categories elsewhere.</param>
/// <param name="Missing">Fields without a value.</param>
/// <param name="Distinct">Different texts.</param>
/// <param name="Minimum">Least number; null for categories.</param>
/// <param name="Mean">Mean of the numbers; null for categories.</param>
/// <param name="Deviation">Standard deviation of the numbers; null for categories.</param>
/// <param name="Maximum">Greatest number; null for categories.</param>
/// <param name="Frequent">The most frequent texts with their counts, at most three; empty for numbers.</param>
/// <param name="Unreadable">Texts in a column of numbers, which training would refuse.</param>
public sealed record ColumnDescription(
    string Name,
    ColumnType Type,
    int Missing,
    int Distinct,
    double? Minimum,
    double? Mean,
    double? Deviation,
    double? Maximum,
    ValueArray<ClassCount> Frequent,
    int Unreadable)
{
    /// <summary>How its numbers are written, for people; null for plainly, and for categories.</summary>
    public string? Notation { get; init; }

    /// <summary>Whether its numbers are dates, in days since 1970-01-01.</summary>
    public bool IsDate { get; init; }
}

/// <summary>A channel of images.</summary>
/// <param name="Mean">Of its pixels, from 0 to 1.</param>
/// <param name="Deviation">Of its pixels.</param>
public sealed record ChannelDescription(double Mean, double Deviation);
