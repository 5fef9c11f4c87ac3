using SearchCluster.Models.Data.Tables.Columns;

namespace SearchCluster.Models.Data.Tables.Csv;

/// <summary>The first line of a table, and what stands below each of its fields.</summary>
internal sealed class HeaderRows(string name, byte[] content, List<CsvField> fields, List<int> lines, int width)
{
    // A header shows itself well before this.
    private const int MostRows = 2_000;

    private readonly int _rows = Math.Min(lines.Count - 1, MostRows);
    private readonly HashSet<int> _repeats = Repeats(content, fields, Math.Min(lines.Count - 1, MostRows), width);

    private readonly int _againLine = lines[Repeats(content, fields, Math.Min(lines.Count - 1, MostRows), width).DefaultIfEmpty(0).Min()];

    /// <summary>File name for messages.</summary>
    public string Name => name;

    /// <summary>Rows below the first line that are looked at.</summary>
    public int Rows => _rows;

    /// <summary>The fields of the first line without blanks around them.</summary>
    public IReadOnlyList<string> First { get; } = [.. fields.Take(width).Select(field => field.TextIn(content).Trim())];

    /// <summary>Where the first line stands.</summary>
    public string At => FormattableString.Invariant($"{name}:{lines[0]}:1");

    /// <summary>Judges the fields below one of the first line.</summary>
    public ColumnBelow Below(int column)
    {
        var (filled, numbers, dates, occurs, recurs) = (0, 0, 0, false, false);
        var first = NumberAt(0, column);
        var (least, greatest) = (double.MaxValue, double.MinValue);
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 1; row <= _rows; row++)
        {
            // Files that were put behind each other have their header again and again.
            if (_repeats.Contains(row))
            {
                continue;
            }

            var field = fields[(row * width) + column];
            if (field.TryNumber(content, out var number))
            {
                (filled, numbers) = (filled + 1, numbers + 1);
                recurs |= number == first;
                (least, greatest) = (Math.Min(least, number), Math.Max(greatest, number));
                continue;
            }

            var text = field.TextIn(content).Trim();
            if (MissingTexts.AreUsual(text))
            {
                continue;
            }

            filled++;
            occurs |= text == First[column];
            distinct.Add(text);
            numbers += NumberText.Read(text) is { Point: true } or { Comma: true } ? 1 : 0;
            dates += DateText.OrdersOf(text) != DateOrders.None ? 1 : 0;
        }

        return new(filled, numbers, dates, occurs, distinct.Count, least, greatest, recurs);
    }

    /// <summary>Number of the line in which the first one stands again, the first such; null where it does not, or many do, so that it
    /// is a row like others.</summary>
    public int? IsAgain => _repeats.Count > 0 && !IsCommon ? _againLine : null;

    /// <summary>True where many rows are the first line once more, as no header stands.</summary>
    public bool IsCommon => _repeats.Count * 10 > _rows;

    // Rows that are the first line once more.
    private static HashSet<int> Repeats(byte[] content, List<CsvField> fields, int rows, int width) =>
        [.. Enumerable.Range(1, rows)
            .Where(row => width > 1 && Enumerable.Range(0, width)
                .All(column => Bytes(content, fields[(row * width) + column]).SequenceEqual(Bytes(content, fields[column]))))];

    private static ReadOnlySpan<byte> Bytes(byte[] content, CsvField field) => content.AsSpan(field.Start, field.Length);

    /// <summary>Reads a field of the first rows as a number.</summary>
    public double? NumberAt(int row, int column) => fields[(row * width) + column].TryNumber(content, out var number) ? number : null;
}

/// <summary>What stands below a field of the first line.</summary>
/// <param name="Filled">Fields that are not empty.</param>
/// <param name="Numbers">Those that are numbers in any notation.</param>
/// <param name="Dates">Those that are dates.</param>
/// <param name="Occurs">Whether the text of the first line is among them.</param>
/// <param name="Distinct">Different texts.</param>
/// <param name="Least">Least plain number.</param>
/// <param name="Greatest">Greatest plain number.</param>
/// <param name="OccursAsNumber">Whether the number of the first line is among them.</param>
internal sealed record ColumnBelow(
    int Filled, int Numbers, int Dates, bool Occurs, int Distinct, double Least, double Greatest, bool OccursAsNumber)
{
    private const double Mostly = 0.9;

    public bool IsNumeric => Filled > 0 && Numbers >= Filled * Mostly;

    public bool IsDates => Filled > 0 && Dates >= Filled * Mostly;

    /// <summary>Two texts at least, and no number among them.</summary>
    public bool HasTextsAlone => Filled > 1 && Numbers == 0;

    /// <summary>Texts that come again and again, of which one that stands alone would be strange.</summary>
    public bool Repeats => !IsNumeric && !IsDates && Filled >= 8 && Distinct * 5 <= Filled;
}
