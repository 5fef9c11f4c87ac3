using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>What the fields of a column look like, counted over all rows.</summary>
internal sealed class ColumnEvidence
{
    private static readonly char[] Groups = ['\0', ',', '.', ' ', '\''];

    private readonly int[] _underPoint = new int[Groups.Length];
    private readonly int[] _underComma = new int[Groups.Length];

    /// <summary>Fields with a value, other than texts that usually mean none.</summary>
    public int Filled { get; private set; }

    /// <summary>Numbers if the decimal mark is a point.</summary>
    public int Points { get; private set; }

    /// <summary>Numbers if the decimal mark is a comma.</summary>
    public int Commas { get; private set; }

    /// <summary>Whether a field has a comma or a point, so that the decimal mark matters.</summary>
    public bool HasMark { get; private set; }

    /// <summary>Whether a number with a decimal point is not written plainly, be it by a no-break blank only.</summary>
    public bool IsUnusual { get; private set; }

    /// <summary>An example of a field with a comma or a point.</summary>
    public string Marked { get; private set; } = "";

    /// <summary>What stands before or behind the numbers; null for nothing.</summary>
    public string? Unit { get; private set; }

    /// <summary>Whole numbers that begin with 0, as postcodes and identifiers do.</summary>
    public int Padded { get; private set; }

    /// <summary>An example of them.</summary>
    public string PaddedText { get; private set; } = "";

    /// <summary>Whole numbers that are a date of 1900 to 2100 written without marks, as 20260131.</summary>
    public int CompactDates { get; private set; }

    /// <summary>Dates by the order of their parts: year first, day first, month first.</summary>
    public int[] Dates { get; } = new int[3];

    /// <summary>Fields that are dates in any order.</summary>
    public int AnyDates { get; private set; }

    /// <summary>Texts that usually mean no value, and how often.</summary>
    public SortedDictionary<string, int> Missing { get; } = new(StringComparer.Ordinal);

    /// <summary>Different texts; not counted in a column of plain numbers.</summary>
    public HashSet<string> Distinct { get; } = new(StringComparer.Ordinal);

    /// <summary>A field that is no number; empty when all are.</summary>
    public string Text { get; private set; } = "";

    /// <summary>How many fields are numbers.</summary>
    public int Numbers => Math.Max(Points, Commas);

    /// <summary>The decimal mark that the column shows beyond doubt; null when either would do.</summary>
    public char? Decimal => Numbers * 2 < Filled || Points == Commas ? null : Points > Commas ? '.' : ',';

    /// <summary>What groups digits under a decimal mark; null for nothing.</summary>
    public string? GroupUnder(char mark)
    {
        var counts = mark == '.' ? _underPoint : _underComma;
        var most = Enumerable.Range(1, Groups.Length - 1).MaxBy(group => counts[group]);
        return counts[most] > 0 ? Groups[most].ToString() : null;
    }

    public static ColumnEvidence Of(CsvTable table, int column, int[] rows, MissingFields missing)
    {
        var evidence = new ColumnEvidence();
        foreach (var row in rows)
        {
            if (missing.IsMissing(row, column))
            {
                continue;
            }

            var isPlain = table.IsNumber(row, column);
            if (isPlain && !table.HasPoint(row, column))
            {
                evidence.AddWhole(table.Number(row, column));
                if (table.IsPadded(row, column))
                {
                    evidence.PaddedText = evidence.Padded++ == 0 ? table.Text(row, column).Trim() : evidence.PaddedText;
                }
            }
            else
            {
                evidence.Add(table.Text(row, column).Trim(), isPlain);
            }
        }

        return evidence;
    }

    private static bool IsCompactDate(double number)
    {
        if (number is < 19000101 or > 21001231)
        {
            return false;
        }

        var (year, month, day) = ((int)number / 10_000, (int)number / 100 % 100, (int)number % 100);
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    private void AddWhole(double number)
    {
        CompactDates += IsCompactDate(number) ? 1 : 0;
        (Filled, Points, Commas) = (Filled + 1, Points + 1, Commas + 1);
        (_underPoint[0], _underComma[0]) = (_underPoint[0] + 1, _underComma[0] + 1);
    }

    private void Add(string text, bool isPlain)
    {
        if (MissingTexts.AreUsual(text))
        {
            Missing[text] = Missing.GetValueOrDefault(text) + 1;
            return;
        }

        Filled++;
        var reading = NumberText.Read(text);
        if (reading.Unit is { Length: > 0 } unit)
        {
            // Numbers of another unit are none of this column.
            Unit ??= unit;
            reading = Unit == unit ? reading : default;
        }

        if (reading.Point || reading.Comma)
        {
            Points += reading.Point ? 1 : 0;
            Commas += reading.Comma ? 1 : 0;
            _underPoint[Array.IndexOf(Groups, reading.PointGroup)] += reading.Point ? 1 : 0;
            _underComma[Array.IndexOf(Groups, reading.CommaGroup)] += reading.Comma ? 1 : 0;
            HasMark |= reading.HasMark;
            IsUnusual |= !isPlain && reading.Point;
            Marked = Marked.Length == 0 && reading.HasMark ? text : Marked;
            return;
        }

        var orders = DateText.OrdersOf(text);
        AnyDates += orders == DateOrders.None ? 0 : 1;
        foreach (var order in Enum.GetValues<DateOrder>())
        {
            Dates[(int)order] += orders.HasFlag((DateOrders)(1 << (int)order)) ? 1 : 0;
        }

        Text = Text.Length == 0 && orders == DateOrders.None ? text : Text;
        Distinct.Add(text);
    }
}
