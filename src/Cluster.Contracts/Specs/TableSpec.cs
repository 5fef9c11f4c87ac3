namespace SearchCluster.Contracts.Specs;

/// <summary>How a table is read.</summary>
public sealed record TableSpec
{
    /// <summary>Columns to use; null for all but the target.</summary>
    public ValueArray<string>? Features { get; init; }

    /// <summary>Columns to leave out; null for none.</summary>
    public ValueArray<string>? Exclude { get; init; }

    /// <summary>Types of columns by name; those of others are inferred.</summary>
    public ValueMap<ColumnType>? Types { get; init; }

    /// <summary>What an empty field means; null for an error.</summary>
    public MissingPolicy? Missing { get; init; }

    /// <summary>Texts that mean an empty field; null for none but the empty text.</summary>
    public ValueArray<string>? MissingTexts { get; init; }

    /// <summary>How numbers are scaled; null for mean 0 and deviation 1.</summary>
    public ColumnScaling? Scaling { get; init; }

    /// <summary>What the target is; null for a class.</summary>
    public TargetKind? Answer { get; init; }

    /// <summary>True where nothing is to be answered, so that each column is an input, as autoencoders take them; null elsewhere.</summary>
    public bool? NoAnswer { get; init; }

    /// <summary>Turns a target of numbers into the two classes at most it, and above it.</summary>
    public double? Threshold { get; init; }

    /// <summary>Turns a target of numbers into the two classes at most its median over all rows, and above it.</summary>
    public bool? MedianSplit { get; init; }

    /// <summary>More columns to answer, where numbers are; null for none.</summary>
    public ValueArray<string>? FurtherTargets { get; init; }

    /// <summary>Lines before the header or the first row that are left out; null for none.</summary>
    public int? SkipLines { get; init; }

    /// <summary>What a text means that no training row has in a column of categories; null for an error of <c>predict</c>, while
    /// validation and test rows with such texts are told.</summary>
    public UnseenPolicy? Unseen { get; init; }

    /// <summary>Whether the first line names the columns; null to tell from the rows.</summary>
    public bool? Header { get; init; }

    /// <summary>What stands between fields: one character, a blank for any run of blanks; null to tell from the lines.</summary>
    public string? Separator { get; init; }

    /// <summary>The decimal mark, <c>.</c> or <c>,</c>; null to tell from the numbers of each column.</summary>
    public string? Decimal { get; init; }

    /// <summary>
    /// What groups the digits of large numbers: one of <c>,</c> <c>.</c> <c>'</c> or a blank, empty for nothing;
    /// null to tell from the numbers.
    /// </summary>
    public string? Thousands { get; init; }

    /// <summary>Columns of dates and the order of their parts; those that are not named are told from their texts.</summary>
    public ValueMap<DateOrder>? Dates { get; init; }
}

/// <summary>In which order the parts of a date stand. A name of the month may take the place of its number.</summary>
public enum DateOrder
{
    /// <summary>Year, month, day, as in <c>2026-11-30</c>; a time may follow.</summary>
    Iso,

    /// <summary>Day, month, year, as in <c>30.11.2026</c>.</summary>
    DayFirst,

    /// <summary>Month, day, year, as in <c>11/30/2026</c>.</summary>
    MonthFirst,
}

/// <summary>Types of a table's columns.</summary>
public enum ColumnType
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>One of a few texts; each becomes a column of 0 and 1.</summary>
    Category,
}

/// <summary>What an empty field means.</summary>
public enum MissingPolicy
{
    /// <summary>The row is left out.</summary>
    Drop,

    /// <summary>The mean of the column over the training part.</summary>
    Mean,

    /// <summary>The median of the column over the training part.</summary>
    Median,

    /// <summary>The most frequent value of the column over the training part.</summary>
    MostFrequent,
}

/// <summary>What a text means that no training row has in a column of categories.</summary>
public enum UnseenPolicy
{
    /// <summary>None of the categories: all their columns are 0.</summary>
    Ignore,

    /// <summary>A category of its own, which is learned from the texts that only one training row has.</summary>
    Category,

    /// <summary>An error wherever it stands, in the validation and test parts as well.</summary>
    Error,
}

/// <summary>How numbers are scaled, as fitted on the training part.</summary>
public enum ColumnScaling
{
    /// <summary>To mean 0 and deviation 1.</summary>
    Standard,

    /// <summary>To 0 … 1.</summary>
    MinMax,

    /// <summary>Not at all.</summary>
    None,
}
