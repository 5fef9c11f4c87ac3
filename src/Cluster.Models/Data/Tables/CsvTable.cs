using System.Globalization;
using System.Text;
using SearchCluster.Models.Data.Preprocessing;

namespace SearchCluster.Models.Data.Tables;

/// <summary>A CSV file in memory: names of its columns, and its fields as text.</summary>
/// <remarks>
/// The separator is ',', or ';' or a tab when the first line has no comma outside quotes. Fields may be quoted with '"' (doubled inside). The first line
/// is a header when none of its fields is a number. Blank lines are skipped. Numbers use '.' and no grouping, whatever the machine's culture.
/// </remarks>
public sealed class CsvTable
{
    private readonly byte[] _content;
    private readonly List<CsvField> _fields;
    private readonly List<int> _rowLines;
    private readonly List<Segment> _segments;

    internal CsvTable(string name, byte[] content, ValueArray<string> columns, bool hasHeader, List<CsvField> fields, List<int> rowLines)
        : this(name, content, columns, hasHeader, fields, rowLines, [])
    {
    }

    private CsvTable(string name, byte[] content, ValueArray<string> columns, bool hasHeader, List<CsvField> fields, List<int> rowLines, List<Segment> segments)
    {
        (Name, Columns, HasHeader) = (name, columns, hasHeader);
        (_content, _fields, _rowLines, _segments) = (content, fields, rowLines, segments);
    }

    /// <summary>File name for messages.</summary>
    public string Name { get; }

    /// <summary>Names of the columns; <c>0</c>, <c>1</c>, … when the file has no header.</summary>
    public ValueArray<string> Columns { get; }

    /// <summary>True when the first line named the columns.</summary>
    public bool HasHeader { get; }

    /// <summary>Number of data rows.</summary>
    public int Rows => _rowLines.Count;

    /// <summary>Reads a CSV file.</summary>
    /// <param name="stream">The bytes: UTF-8, with or without a byte order mark; gzipped where the stream can seek.</param>
    /// <param name="name">File name for messages.</param>
    /// <param name="skipLines">Lines before the header or the first row that are left out.</param>
    /// <returns>The table, at least one row.</returns>
    /// <exception cref="DataException">The file breaks a rule; the message tells file, line and column.</exception>
    public static CsvTable Read(Stream stream, string name, int skipLines = 0)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new CsvParser(name, CsvBytes.Unpack(stream, name), skipLines).Parse();
    }

    /// <summary>True when the rows come from several files, which are the parts of a data set.</summary>
    internal bool HasParts => _segments.Count > 0;

    /// <summary>Puts tables with the same columns behind each other.</summary>
    /// <param name="name">Name of all of them, for messages.</param>
    /// <param name="tables">The tables, each with the number of its part.</param>
    /// <exception cref="DataException">SC3007: a table has other columns than the first.</exception>
    internal static CsvTable Concat(string name, IReadOnlyList<(CsvTable Table, int Part)> tables)
    {
        var first = tables[0].Table;
        using var content = new MemoryStream();
        var (fields, lines, segments) = (new List<CsvField>(), new List<int>(), new List<Segment>());
        foreach (var (table, part) in tables)
        {
            if (!table.Columns.Equals(first.Columns))
            {
                throw new DataException("SC3007", $"{table.Name} has other columns than {first.Name}: {Preview(table.Columns)}, but {Preview(first.Columns)}; give both the same ones.");
            }

            segments.Add(new(lines.Count, table.Name, part));
            var start = (int)content.Length;
            fields.AddRange(table._fields.Select(field => field with { Start = field.Start + start }));
            lines.AddRange(table._rowLines);
            content.Write(table._content);
        }

        return new(name, content.ToArray(), first.Columns, first.HasHeader, fields, lines, segments);
    }

    /// <summary>Number of the part that a row belongs to.</summary>
    internal int PartOf(int row) => SegmentOf(row).Part;

    /// <summary>Picks the feature columns of a model by name, or by position when the file or the model has no header.</summary>
    /// <param name="expected">Names of the model's columns, in order.</param>
    /// <returns>Values, shape [rows, expected columns].</returns>
    /// <exception cref="DataException">A column is missing (SC4120), or a field is not a number.</exception>
    public double[,] Select(ValueArray<string> expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return Select(new TablePreprocessing(expected, [], []));
    }

    /// <summary>Reads the feature columns of a model.</summary>
    /// <param name="columns">Its columns.</param>
    /// <returns>Numbers, indices of categories, -1 for a text that is none where the model allows it, NaN for an empty field that the model fills; shape [rows, columns].</returns>
    /// <exception cref="DataException">A column is missing (SC4120), a field is not a number (SC3004), or a text is no category of the model (SC4121).</exception>
    public double[,] Select(TablePreprocessing columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var positions = PositionsOf(columns.Columns);
        var categories = columns.Columns.Select(columns.CategoriesOf).ToArray();
        var values = new double[Rows, positions.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var i = 0; i < positions.Length; i++)
            {
                values[row, i] = columns.Fill is not null && IsMissing(row, positions[i], columns.MissingTexts) ? double.NaN
                    : categories[i] is { } texts ? Category(row, positions[i], texts, columns.Unseen)
                    : Number(row, positions[i]);
            }
        }

        return values;
    }

    /// <summary>Reads a column as text.</summary>
    /// <param name="column">Its name, or its number from 0; null for the last.</param>
    /// <returns>The text of each row without blanks around it.</returns>
    /// <exception cref="DataException">SC3007: there is no such column.</exception>
    public ValueArray<string> Texts(string? column)
    {
        var number = column is null ? Columns.Count - 1 : ColumnFinder.Find(this, column);
        return Enumerable.Range(0, Rows).Select(row => Text(row, number).Trim()).ToValueArray();
    }

    /// <summary>Reads columns as numbers.</summary>
    /// <param name="columns">Their names, or numbers from 0.</param>
    /// <returns>Shape [rows, columns].</returns>
    /// <exception cref="DataException">SC3007: there is no such column; SC3004: a field is not a number.</exception>
    public double[,] Numbers(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        int[] numbers = [.. columns.Select(column => ColumnFinder.Find(this, column))];
        var values = new double[Rows, numbers.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i / numbers.Length, i % numbers.Length] = Number(i / numbers.Length, numbers[i % numbers.Length]);
        }

        return values;
    }

    /// <summary>Tells whether a field holds no text but blanks.</summary>
    internal bool IsBlank(int row, int column) => Field(row, column) is var field && _content.AsSpan(field.Start, field.Length).Trim(" \t"u8).IsEmpty;

    /// <summary>Tells whether a field is a number.</summary>
    internal bool IsNumber(int row, int column) => Field(row, column).TryNumber(_content, out _);

    internal string Text(int row, int column) => Field(row, column).TextIn(_content);

    /// <summary>Reads a field as a number within the range of single precision; its digits are those of double precision until it is scaled.</summary>
    internal double Number(int row, int column)
    {
        var field = Field(row, column);
        if (!field.TryNumber(_content, out var value))
        {
            throw new DataException("SC3004", $"{At(row, column)}: column '{DisplayText.Shorten(Columns[column])}' holds {Describe(field)}, but must be a number.{Hint(field)}");
        }

        return Math.Abs(value) <= float.MaxValue
            ? value
            : throw new DataException("SC3005", $"{At(row, column)}: {DisplayText.Shorten(field.TextIn(_content))} is outside ±3.4e38, the range of single precision; rescale the column.");
    }

    private bool IsMissing(int row, int column, ValueArray<string>? texts) => IsBlank(row, column) || (texts is not null && texts.Contains(Text(row, column).Trim()));

    private int Category(int row, int column, ValueArray<string> texts, UnseenPolicy? unseen) => texts.IndexOf(Text(row, column).Trim()) is var code && (code >= 0 || unseen is not null)
        ? code
        : throw new DataException("SC4121", $"{At(row, column)}: column '{DisplayText.Shorten(Columns[column])}' holds {Describe(Field(row, column))}, which the training data never did; the model knows {Preview(texts)}. Correct the field, or train with data.unseen: ignore or category.");

    internal string At(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"{(HasParts ? SegmentOf(row).Name : Name)}:{_rowLines[row]}:{Field(row, column).Position}");

    private Segment SegmentOf(int row) => _segments.Last(segment => segment.FirstRow <= row);

    private CsvField Field(int row, int column) => _fields[(row * Columns.Count) + column];

    internal int[] PositionsOf(ValueArray<string> expected)
    {
        var isPositional = !HasHeader || expected.Select((name, index) => name == index.ToString(CultureInfo.InvariantCulture)).All(same => same);
        if (isPositional)
        {
            // A file without a header may carry the target after the features.
            return Columns.Count == expected.Count || Columns.Count == expected.Count + 1
                ? [.. Enumerable.Range(0, expected.Count)]
                : throw new DataException("SC4120", $"{Name} has {Columns.Count} columns, but the model expects {expected.Count} ({Preview(expected)}).");
        }

        var names = Columns.ToList();
        var missing = expected.Where(name => !names.Contains(name)).ToList();
        return missing.Count == 0
            ? [.. expected.Select(name => names.IndexOf(name))]
            : throw new DataException("SC4120", $"{Name} lacks the column(s) {Preview(missing)}; the model expects {Preview(expected)}, the file has {Preview(Columns)}.");
    }

    private string Describe(CsvField field) => field.Length == 0 ? "nothing" : $"'{DisplayText.Shorten(field.TextIn(_content))}'";

    private string Hint(CsvField field)
    {
        var text = field.TextIn(_content);
        return text.Contains(',', StringComparison.Ordinal) && double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? " It looks like a decimal comma; write numbers with '.'."
            : "";
    }

    private static string Preview(IReadOnlyCollection<string> names)
    {
        const int Shown = 10;
        var text = new StringBuilder(string.Join(", ", names.Take(Shown).Select(DisplayText.Shorten)));
        return names.Count > Shown ? text.Append(CultureInfo.InvariantCulture, $", … ({names.Count} in all)").ToString() : text.ToString();
    }

    /// <summary>Rows that come from one file.</summary>
    private sealed record Segment(int FirstRow, string Name, int Part);
}
