namespace SearchCluster.Models.Data;

/// <summary>A CSV file in memory: names of its columns, and its fields as text.</summary>
public sealed class CsvTable
{
    /// <summary>Names of the columns; <c>0</c>, <c>1</c>, … when the file has no header.</summary>
    public ValueArray<string> Columns { get; } = [];

    /// <summary>True when the first line named the columns.</summary>
    public bool HasHeader { get; }

    /// <summary>Number of data rows.</summary>
    public int Rows { get; }

    /// <summary>Reads a CSV file.</summary>
    /// <param name="stream">The bytes: UTF-8, with or without a byte order mark.</param>
    /// <param name="name">File name for messages.</param>
    /// <returns>The table.</returns>
    /// <exception cref="DataException">The file breaks a rule; the message tells file, line and column.</exception>
    public static CsvTable Read(Stream stream, string name) => throw new NotSupportedException($"{stream} {name}");

    /// <summary>Picks the feature columns of a model by name, or by position when the file has no header.</summary>
    /// <param name="expected">Names of the model's columns, in order.</param>
    /// <returns>Values, shape [rows, expected columns].</returns>
    /// <exception cref="DataException">A column is missing (SC4120), or a field is not a number.</exception>
    public float[,] Select(ValueArray<string> expected) => throw new NotSupportedException(expected.ToString());
}
