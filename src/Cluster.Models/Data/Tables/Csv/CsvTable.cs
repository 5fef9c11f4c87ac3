using System.Globalization;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables.Columns;

namespace SearchCluster.Models.Data.Tables.Csv;

/// <summary>A CSV file in memory: names of its columns, and its fields as text.</summary>
/// <remarks>
/// What is not said is told from the content: the separator by what gives all lines the same number of fields,
/// the header by comparing the first line with the rows. Fields may be quoted with '"' (doubled inside). Blank lines are skipped, and so is
/// the line in which Excel names its separator. The machine's culture plays no part.
/// </remarks>
public sealed partial class CsvTable
{
    private readonly byte[] _content;
    private readonly List<CsvField> _fields;
    private readonly List<int> _rowLines;
    private readonly List<Segment> _segments;
    private readonly List<string> _warnings = [];

    internal CsvTable(
        string name,
        byte[] content,
        ValueArray<string> columns,
        CsvDialect dialect,
        List<CsvField> fields,
        List<int> rowLines,
        List<Segment>? segments = null)
    {
        (Name, Columns, Dialect) = (name, columns, dialect);
        (_content, _fields, _rowLines, _segments) = (content, fields, rowLines, segments ?? []);
        _warnings.AddRange(dialect.Warnings);
    }

    /// <summary>File name for messages.</summary>
    public string Name { get; }

    /// <summary>Names of the columns; <c>0</c>, <c>1</c>, … when the file has no header.</summary>
    public ValueArray<string> Columns { get; }

    /// <summary>True when the first line named the columns.</summary>
    public bool HasHeader => Dialect.HasHeader;

    /// <summary>What a person should know of how the table was read.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>How it turned out to be written.</summary>
    internal CsvDialect Dialect { get; }

    /// <summary>Number of data rows.</summary>
    public int Rows => _rowLines.Count;

    /// <summary>Reads a CSV file.</summary>
    /// <param name="stream">The bytes: UTF-8, with or without a byte order mark; gzipped where the stream can seek.</param>
    /// <param name="name">File name for messages.</param>
    /// <param name="skipLines">Lines before the header or the first row that are left out.</param>
    /// <returns>The table, at least one row.</returns>
    /// <exception cref="DataException">The file breaks a rule; the message tells file, line and column.</exception>
    public static CsvTable Read(Stream stream, string name, int skipLines = 0) => Read(stream, name, new CsvOptions(skipLines));

    /// <summary>Reads rows for a model as the table that it learned from was read.</summary>
    /// <param name="stream">The bytes: UTF-8, with or without a byte order mark; gzipped where the stream can seek.</param>
    /// <param name="name">File name for messages.</param>
    /// <param name="learned">How that table was read: <see cref="InputPreprocessing.Reading"/> of the model;
    /// null where it does not know.</param>
    /// <returns>The table, at least one row.</returns>
    /// <exception cref="DataException">The file breaks a rule; the message tells file, line and column.</exception>
    public static CsvTable Read(Stream stream, string name, TableReading? learned) => Read(stream, name, learned, null);

    /// <summary>Reads rows for a model that are written otherwise than the table that it learned from.</summary>
    /// <param name="stream">The bytes: UTF-8, with or without a byte order mark; gzipped where the stream can seek.</param>
    /// <param name="name">File name for messages.</param>
    /// <param name="learned">How that table was read: <see cref="InputPreprocessing.Reading"/> of the model;
    /// null where it does not know.</param>
    /// <param name="said">Of <see cref="TableSpec.SkipLines"/>, <see cref="TableSpec.Header"/>, <see cref="TableSpec.Separator"/>,
    /// <see cref="TableSpec.Decimal"/>, <see cref="TableSpec.Thousands"/>, <see cref="TableSpec.Dates"/> and
    /// <see cref="TableSpec.MissingTexts"/> what differs; null for nothing.</param>
    /// <returns>The table, at least one row.</returns>
    /// <exception cref="DataException">The file breaks a rule; the message tells file, line and column.</exception>
    public static CsvTable Read(Stream stream, string name, TableReading? learned, TableSpec? said) =>
        Read(stream, name, CsvOptions.Of(learned, said));

    internal static CsvTable Read(Stream stream, string name, CsvOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new CsvParser(name, CsvBytes.Unpack(stream, name), options).Parse();
    }

    /// <summary>How the table was read, for the model that learns from it.</summary>
    internal TableReading ReadingFor(int[] targets, ColumnKinds kinds, TableSpec? spec = null) =>
        new(
            HasHeader,
            Columns,
            targets.Select(column => Columns[column]).ToValueArray(),
            ((char)Dialect.Separator).ToString(),
            Dialect.SkipLines,
            kinds.Notations(this),
            spec?.Missing,
            spec?.MissingTexts,
            Dialect.SkippedRow ? true : null);

    /// <summary>The same table with some of its rows.</summary>
    internal CsvTable Take(IReadOnlyList<int> rows) => rows.Count == Rows ? this
        : new(
            Name,
            _content,
            Columns,
            Dialect,
            [.. rows.SelectMany(row => Enumerable.Range(0, Columns.Count).Select(column => Field(row, column)))],
            [.. rows.Select(row => _rowLines[row])],
            [.. SegmentsOf(rows)]);

    /// <summary>Picks the feature columns of a model by name, or by position when the file or the model has no header.</summary>
    /// <param name="expected">Names of the model's columns, in order.</param>
    /// <param name="learned">How the table was read that the model learned from; null where it does not know.</param>
    /// <returns>Values, shape [rows, expected columns].</returns>
    /// <exception cref="DataException">A column is missing (SC4120), or a field is not a number.</exception>
    public double[,] Select(ValueArray<string> expected, TableReading? learned = null)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return Select(new TablePreprocessing(expected, [], []) { Reading = learned });
    }

    /// <summary>Reads the feature columns of a model.</summary>
    /// <returns>Numbers, indices of categories, -1 for a text that is none where the model allows it, NaN for an empty field that the model
    /// fills; shape [rows, columns].</returns>
    /// <exception cref="DataException">A column is missing (SC4120), a field is not a number (SC3004), or a
    /// text is no category of the model (SC4121).</exception>
    public double[,] Select(TablePreprocessing columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var positions = PositionsOf(columns);
        var notations = columns.Columns.Select(name => columns.Reading?.NotationOf(name)).ToArray();
        var categories = columns.Columns.Select(columns.CategoriesOf).ToArray();
        var values = new double[Rows, positions.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var i = 0; i < positions.Length; i++)
            {
                values[row, i] = columns.Fill is not null && IsMissing(row, positions[i], columns.MissingTexts) ? double.NaN
                    : columns.Reading is { Missing: MissingPolicy.Drop } learned && IsMissing(row, positions[i], learned.MissingTexts)
                        ? throw Incomplete(row, positions[i])
                    : categories[i] is { } texts ? Category(row, positions[i], texts, columns.Unseen)
                    : Number(row, positions[i], notations[i], columns.Fill is null ? NumberHint.Correct : NumberHint.CorrectOrEmpty);
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
    /// <param name="learned">How the table was read that a model learned from, which tells how they write
    /// numbers; null for plainly.</param>
    /// <returns>Shape [rows, columns].</returns>
    /// <exception cref="DataException">SC3007: there is no such column; SC3004: a field is not a number.</exception>
    public double[,] Numbers(IReadOnlyList<string> columns, TableReading? learned = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        int[] numbers = [.. columns.Select(column => ColumnFinder.Find(this, column))];
        var values = new double[Rows, numbers.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i / numbers.Length, i % numbers.Length] = Number(
                i / numbers.Length, numbers[i % numbers.Length], learned?.NotationOf(columns[i % numbers.Length]), NumberHint.Correct);
        }

        return values;
    }

    /// <summary>Tells whether a field holds no text but blanks.</summary>
    internal bool IsBlank(int row, int column) =>
        (Field(row, column) is var field && _content.AsSpan(field.Start, field.Length).Trim(" \t"u8).IsEmpty)
            || (Dialect.Said?.MissingTexts is { } texts && texts.Contains(Text(row, column).Trim()));

    /// <summary>Tells whether a field is a number.</summary>
    internal bool IsNumber(int row, int column, NumberNotation? notation = null) =>
        NotationOf(column, notation) is { } written
            ? NumberText.TryParse(Text(row, column), written, out _)
            : Field(row, column).TryNumber(_content, out _);

    // What is said of new rows counts before what training found.
    private NumberNotation? NotationOf(int column, NumberNotation? learned)
    {
        if (Dialect.Said is not { } said)
        {
            return learned;
        }

        if (learned?.Date is not null)
        {
            var number = column.ToString(CultureInfo.InvariantCulture);
            return said.Dates is { } dates && (dates.TryGetValue(Columns[column], out var order) || dates.TryGetValue(number, out order))
                ? learned with { Date = order } : learned;
        }

        if (said.Decimal is null && said.Thousands is null)
        {
            return learned;
        }

        var mark = said.Decimal ?? (said.Thousands == "." ? "," : said.Thousands == "," ? "." : learned?.Decimal ?? ".");
        var group = said.Thousands ?? (learned?.Thousands == mark ? null : learned?.Thousands);
        var notation = new NumberNotation(mark, group is { Length: > 0 } ? group : null, learned?.Unit);
        return notation.IsPlain ? null : notation;
    }

    /// <summary>Tells whether a number has a decimal point; false for other texts.</summary>
    internal bool HasPoint(int row, int column) =>
        Field(row, column) is var field && _content.AsSpan(field.Start, field.Length).Contains((byte)'.');

    /// <summary>Tells whether a field is digits of which the first is a 0 that a number would not have.</summary>
    internal bool IsPadded(int row, int column) => Field(row, column) is var field && _content.AsSpan(field.Start,
        field.Length).Trim(" \t"u8).TrimStart("+-"u8) is [(byte)'0', _, ..] digits && !digits.ContainsAnyExceptInRange((byte)'0',
        (byte)'9');

    internal string Text(int row, int column) => Field(row, column).TextIn(_content);

    /// <summary>Reads a field as a number within the range of single precision; its digits are those of double
    /// precision until it is scaled.</summary>
    /// <param name="row">Its number, from 0.</param>
    /// <param name="column">Its number, from 0.</param>
    /// <param name="notation">How its numbers are written; null for plainly.</param>
    /// <param name="textHint">What to do where the column holds texts; null where its type can be said.</param>
    internal double Number(int row, int column, NumberNotation? notation = null, string? textHint = null)
    {
        var field = Field(row, column);
        notation = NotationOf(column, notation);
        if (!(notation is null
            ? field.TryNumber(_content, out var value)
            : NumberText.TryParse(field.TextIn(_content), notation, out value)))
        {
            throw NoNumber(row, column, notation, textHint);
        }

        return Math.Abs(value) <= float.MaxValue
            ? value
            : throw new DataException(
                DataCodes.NumberOutOfRange,
                $"{At(row, column)}: column '{DisplayText.Shorten(Columns[column])}' holds {DisplayText.Shorten(field.TextIn(_content))}, "
                    + $"which is outside ±3.4e38, the range in which networks compute; rescale the column, for example to its logarithm, "
                    + $"or correct the field.");
    }

    private DataException Incomplete(int row, int column) => new(
        DataCodes.NotANumber,
        $"{At(row, column)}: column '{DisplayText.Shorten(Columns[column])}' holds {Describe(Field(row, column))}, an empty field, but the "
            + $"model learned from complete rows only (data.missing: drop); leave the row out, or train with data.missing: mean, median or "
            + $"most-frequent.");

    /// <summary>Refuses a text in a column of numbers.</summary>
    internal DataException NoNumber(int row, int column, NumberNotation? notation, string? textHint = null)
    {
        var hint = NumberHint.For(Text(row, column).Trim(), Columns[column], notation, textHint);
        var header = row == 0 && !HasHeader
            ? " The table is read without a header; if this line is one, leave it out, or say data.header: true "
                + "(for predict and evaluate --header true)."
            : "";
        return new(
            DataCodes.NotANumber,
            $"{At(row, column)}: column '{DisplayText.Shorten(Columns[column])}' holds {Describe(Field(row, column))}, "
                + $"but must be a {(notation?.Date is null ? "number" : "date")}.{hint}{header}");
    }

    /// <summary>Places of a model's columns.</summary>
    internal int[] PositionsOf(TablePreprocessing columns) => ModelColumns.Find(this, columns.Columns, columns.Reading, Warn);

    // The members of an ensemble read the same table one after the other.
    internal void Warn(string warning)
    {
        if (!_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }

    private bool IsMissing(int row, int column, ValueArray<string>? texts) =>
        IsBlank(row, column) || (texts is not null && texts.Contains(Text(row, column).Trim()));

    private int Category(int row, int column, ValueArray<string> texts, UnseenPolicy? unseen) =>
        texts.IndexOf(Text(row, column).Trim()) is var code && (code >= 0 || unseen is not null)
            ? code
            : throw new DataException(
                ModelCodes.Unseen,
                $"{At(row, column)}: column '{DisplayText.Shorten(Columns[column])}' holds {Describe(Field(row, column))}, which the "
                    + $"training data never did; the model knows {Preview(texts)}. Correct the field, or train with data.unseen: ignore or "
                    + $"category.");

    /// <summary>Where each row stands, where the rows are not simply those of one file in their order; null where they are.</summary>
    public ValueArray<RowPlace>? Places => HasParts ? Enumerable.Range(0, Rows).Select(PlaceOf).ToValueArray() : null;

    /// <summary>Where a row stands in its file.</summary>
    /// <param name="row">Its number from 0.</param>
    /// <returns>The file and the line.</returns>
    public RowPlace PlaceOf(int row) => new(HasParts ? SegmentOf(row).Name : Name, _rowLines[row]);

    internal string At(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"{PlaceOf(row)}:{Field(row, column).Position}");

    private CsvField Field(int row, int column) => _fields[(row * Columns.Count) + column];

    private string Describe(CsvField field) => field.Length == 0 ? "nothing" : $"'{DisplayText.Shorten(field.TextIn(_content))}'";

    internal static string Preview(IReadOnlyCollection<string> names)
    {
        const int Shown = 10;
        var text = string.Join(", ", names.Take(Shown).Select(DisplayText.Shorten));
        return names.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $"{text}, … ({names.Count} in all)") : text;
    }
}
