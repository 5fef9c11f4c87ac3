using SearchCluster.Models.Data.Tables.Columns;

namespace SearchCluster.Models.Data.Tables.Csv;

/// <summary>Tells whether the first line of a table names its columns, by comparing its fields with those below.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>a text above numbers or dates</term><description>speaks for a header, and so certainly that
/// numbers beside it are names too</description></item>
/// <item><term>a number with a fraction above numbers, a date above dates, a text that occurs again
/// below</term><description>speaks for a row</description></item>
/// <item><term>a text that never occurs below, where texts come again and again</term><description>speaks for a
/// header, less certainly</description></item>
/// <item><term>a number above texts of which none is a number</term><description>speaks for a header; a line that numbers its columns
/// from 0 or 1 then is one</description></item>
/// <item><term>whole numbers far outside those below, or counting upwards</term><description>are years or
/// numbers of columns, perhaps</description></item>
/// </list>
/// Where both are spoken for, or numbers alone look like names, nobody guesses (SC3210); where one is likely, it is told.
/// </remarks>
internal static class HeaderFinder
{
    private const int EnoughRows = 8;

    // Six numbers rise by chance in one row of 720.
    private const int LongRise = 6;

    /// <summary>Tells it.</summary>
    /// <exception cref="DataException">SC3210: both are possible.</exception>
    public static bool HasHeader(HeaderRows rows, List<string> warnings) => Judge(rows, warnings) is { HasHeader: { } told }
        ? told
        : throw new DataException(
            DataCodes.HeaderUnclear,
            $"{rows.At}: the first line may be the header or a row: {Judge(rows, []).Doubt}; say data.header: true or false.");

    /// <summary>Tells it, or says why it cannot be told.</summary>
    public static HeaderVerdict Judge(HeaderRows rows, List<string> warnings)
    {
        var hasNumber = Enumerable.Range(0, rows.First.Count).Any(column => rows.NumberAt(0, column) is not null);
        if (rows.Rows == 0)
        {
            return HeaderVerdict.Of(!hasNumber);
        }

        var below = Enumerable.Range(0, rows.First.Count).Select(rows.Below).ToArray();
        int[] texts = [.. Columns(column => rows.NumberAt(0, column) is null && !MissingTexts.AreUsual(rows.First[column]))];
        var names = texts.Where(column => (below[column].IsNumeric && !LooksLikeNumber(rows.First[column]))
            || (below[column].IsDates && DateText.OrdersOf(rows.First[column]) == DateOrders.None))
            .ToArray();
        var again = texts.Count(column => below[column].Occurs);
        var unseen = texts.Where(column => below[column].Repeats && !below[column].Occurs).ToArray();
        int[] strange = [.. unseen, .. Columns(column => rows.NumberAt(0, column) is not null && below[column].HasTextsAlone)];
        var isValue = Columns(column => IsValue(rows, below[column], column)).Any();
        var isRow = again > unseen.Length || isValue;
        if (names.Length > 0 && isRow)
        {
            return HeaderVerdict.Unclear($"'{Show(rows, names[0])}' stands above numbers, but other fields look like values");
        }

        if (names.Length == 0 && strange.Length > 0 && (isRow || strange.Length > unseen.Length))
        {
            return JudgeStrange(rows, strange, unseen.Length, again, isValue, warnings);
        }

        if (isRow)
        {
            return isValue && AreWaves(rows, below)
                ? HeaderVerdict.Unclear($"its numbers ({Line(rows)}) are unlike those below")
                : HeaderVerdict.Of(false);
        }

        if (names.Length == 0)
        {
            return hasNumber ? HasHeaderWithNumbers(rows, below, unseen, warnings)
                : again == 0 && !HasTwice(rows) ? HeaderVerdict.Of(true)
                : HeaderVerdict.Unclear(again == 0 ? "it has a text twice" : "some of its texts occur again below, others do not");
        }

        if (hasNumber && !AreNames(rows, below))
        {
            warnings.Add(
                $"{rows.At}: the first line ({Line(rows)}) is read as the header, because '{Show(rows, names[0])}' stands above numbers; "
                    + $"if it is a row, say data.header: false.");
        }

        return HeaderVerdict.Of(true);

        IEnumerable<int> Columns(Func<int, bool> which) => Enumerable.Range(0, rows.First.Count).Where(which);
    }

    // A text where others come again and again, or a number above texts alone, stands nowhere else in its column.
    private static HeaderVerdict JudgeStrange(
        HeaderRows rows, int[] strange, int texts, int again, bool isValue, List<string> warnings)
    {
        var (line, isNumber) = (Line(rows), strange.Length > texts);
        var what = isNumber
            ? $"'{Show(rows, strange[^1])}' stands above texts, of which none is a number"
            : $"'{Show(rows, strange[0])}' occurs in no other row";
        if (isNumber && !isValue && again == 0 && Numbers(rows))
        {
            warnings.Add(
                $"{rows.At}: the first line ({line}) is read as the header, because it numbers its columns and {what}; if it is a row, say "
                    + $"data.header: false.");
            return HeaderVerdict.Of(true);
        }

        if (again <= 2 * strange.Length)
        {
            return HeaderVerdict.Unclear($"{what}{(isValue || again > 0 ? ", but other fields look like values" : "")}");
        }

        warnings.Add($"{rows.At}: the first line ({line}) is read as a row, though {what}; if it is the header, say data.header: true.");
        return HeaderVerdict.Of(false);
    }

    private static HeaderVerdict HasHeaderWithNumbers(HeaderRows rows, ColumnBelow[] below, int[] unseen, List<string> warnings)
    {
        var line = Line(rows);
        if (AreNames(rows, below))
        {
            if (unseen.Length == 0 && !CountsFromZero(rows))
            {
                return HeaderVerdict.Unclear($"its numbers ({line}) are unlike those below");
            }

            var why = unseen.Length == 0
                ? "it counts its columns"
                : $"'{Show(rows, unseen[0])}' occurs in no other row and its numbers are unlike those below";
            warnings.Add(
                $"{rows.At}: the first line ({line}) is read as the header, because {why}; if it is a row, say data.header: false.");
            return HeaderVerdict.Of(true);
        }

        if (unseen.Length == 0 && CountsFromZero(rows) && !Recurs(rows, below))
        {
            // Of few rows, or of two columns, nothing tells.
            return HeaderVerdict.Unclear($"it counts its columns ({line})");
        }

        if (unseen.Length > 0)
        {
            warnings.Add(
                $"{rows.At}: the first line ({line}) is read as a row, though '{Show(rows, unseen[0])}' occurs in no other; if it is the "
                    + $"header, say data.header: true.");
        }

        return HeaderVerdict.Of(false);
    }

    // Rows that count as the first line does, or have its numbers in each column.
    private static bool Recurs(HeaderRows rows, ColumnBelow[] below) => below.Length < 2
        || rows.IsCommon
        || below.All(column => column.OccursAsNumber)
        || Enumerable.Range(1, Math.Min(rows.Rows, 20)).Any(row => Enumerable.Range(1, below.Length - 1)
            .All(column => rows.NumberAt(row, column) - rows.NumberAt(row, column - 1) == 1));

    // Wavelengths and the like above what was measured there: fractions that are all far outside those below, or a long rise that the
    // rows do not have. A row of a table sorted by size is outside in one column or two.
    private static bool AreWaves(HeaderRows rows, ColumnBelow[] below)
    {
        int[] numbers = [.. Enumerable.Range(0, rows.First.Count)
            .Where(column => rows.NumberAt(0, column) is not null && below[column].IsNumeric)];
        return rows.Rows >= EnoughRows && numbers.Length >= 3
            && (numbers.All(column => IsFar(rows.NumberAt(0, column)!.Value, below[column]))
                || (numbers.Length >= LongRise && Rises(0) && Enumerable.Range(1, Math.Min(rows.Rows, 20)).Count(Rises) * 10 <= rows.Rows));

        bool Rises(int row) =>
            Enumerable.Range(1, numbers.Length - 1).All(i => rows.NumberAt(row, numbers[i]) > rows.NumberAt(row, numbers[i - 1]));
    }

    // What no name of a column looks like.
    private static bool IsValue(HeaderRows rows, ColumnBelow below, int column) =>
        (below.IsNumeric
            && (rows.NumberAt(0, column) is { } number ? number != Math.Floor(number) || number < 0 : LooksLikeNumber(rows.First[column])))
        || (below.IsDates && DateText.OrdersOf(rows.First[column]) != DateOrders.None);

    private static bool LooksLikeNumber(string text) => NumberText.Read(text) is { Point: true } or { Comma: true };

    // Further outside than all others lie apart.
    private static bool IsFar(double number, ColumnBelow below) =>
        Math.Max(below.Least - number, number - below.Greatest) > below.Greatest - below.Least;

    // Years, or numbers of columns: whole, and unlike what stands below.
    private static bool AreNames(HeaderRows rows, ColumnBelow[] below)
    {
        int[] numbers = [.. Enumerable.Range(0, rows.First.Count)
            .Where(column => rows.NumberAt(0, column) is not null && below[column].IsNumeric)];
        var texts = rows.First.Count - numbers.Length;
        return rows.Rows >= EnoughRows && numbers.Length + texts > 1 && numbers.Length > (texts > 0 ? 0 : 1)
            && (numbers.All(column => IsFar(rows.NumberAt(0, column)!.Value, below[column])) || CountsUp(rows, numbers));
    }

    private static bool CountsUp(HeaderRows rows, int[] columns)
    {
        var looked = Math.Min(rows.Rows, 20);
        return IsCounting(0) && Enumerable.Range(1, looked).Count(IsCounting) * 2 < looked;

        bool IsCounting(int row) => columns.Length > 2
            && Enumerable.Range(1, columns.Length - 1).All(i => rows.NumberAt(row, columns[i]) - rows.NumberAt(row, columns[i - 1]) == 1);
    }

    // The numbers of all columns from 0 or 1, in any order.
    private static bool Numbers(HeaderRows rows)
    {
        var numbers = Enumerable.Range(0, rows.First.Count).Select(column => rows.NumberAt(0, column)).OfType<double>().Order().ToList();
        return numbers.Count == rows.First.Count && numbers[0] is 0 or 1
            && numbers.Index().All(entry => entry.Item == numbers[0] + entry.Index);
    }

    private static bool CountsFromZero(HeaderRows rows) =>
        Enumerable.Range(0, rows.First.Count).All(column => rows.NumberAt(0, column) == column);

    /// <summary>Beginning of the first line, for messages.</summary>
    public static string Line(HeaderRows rows) =>
        string.Join(", ", rows.First.Take(6).Select(DisplayText.Shorten)) + (rows.First.Count > 6 ? ", …" : "");

    private static bool HasTwice(HeaderRows rows) => rows.First.Distinct(StringComparer.Ordinal).Count() < rows.First.Count;

    private static string Show(HeaderRows rows, int column) => DisplayText.Shorten(rows.First[column]);
}

/// <summary>Whether a first line is a header.</summary>
/// <param name="HasHeader">Null where it cannot be told.</param>
/// <param name="Doubt">Why then.</param>
internal sealed record HeaderVerdict(bool? HasHeader, string Doubt)
{
    public static HeaderVerdict Of(bool hasHeader) => new(hasHeader, "");

    public static HeaderVerdict Unclear(string doubt) => new(null, doubt);
}
