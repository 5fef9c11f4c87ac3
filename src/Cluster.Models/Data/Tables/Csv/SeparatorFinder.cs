using System.Text;
using SearchCluster.Models.Data.Tables.Columns;

namespace SearchCluster.Models.Data.Tables.Csv;

/// <summary>Tells what separates the fields of a table, by what gives all of its first lines the same number of fields.</summary>
/// <remarks>
/// Of several such characters the one wins whose fields are numbers more often: a file of decimal commas
/// between semicolons has as many commas in each line, but <c>5;2</c> is no number. When they stay even, nobody guesses (SC3211).
/// </remarks>
internal static class SeparatorFinder
{
    private const int Records = 100;
    private const int Bytes = 1 << 20;

    // Most lines have the same number of fields, so that the others are told as ragged.
    private const double Mostly = 0.8;

    private static readonly byte[] Marks = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];

    /// <summary>Finds it.</summary>
    /// <param name="name">File name for messages.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="start">Where the header or the first row begins.</param>
    /// <param name="preferred">What separated the fields of the table that a model learned from; taken when it fits. Null for none.</param>
    public static byte Find(string name, byte[] content, int start, byte? preferred)
    {
        if (preferred is { } known && Try(name, content, start, known) is { IsEven: true })
        {
            return known;
        }

        var tries = Marks.Select(mark => Try(name, content, start, mark)).ToList();
        var even = tries.Where(one => one.IsEven).OrderByDescending(one => one.Numbers).ToList();
        if (even.Count > 1 && even[0].Numbers - even[1].Numbers < 1e-9)
        {
            throw new DataException(
                DataCodes.SeparatorUnclear,
                $"{name}: its fields may be separated by {Describe(even[0].Separator)} or by {Describe(even[1].Separator)}, each gives all "
                    + $"lines the same number of fields; say data.separator.");
        }

        if (even.Count > 0)
        {
            return even[0].Separator;
        }

        if (IsOneColumn(tries[0]))
        {
            // Any mark that is not there will do.
            return tries.Find(one => one is { Fields: 1, Share: >= 1 })?.Separator ?? tries[0].Separator;
        }

        if (tries.Where(one => one.Fields > 1 && one.Share >= Mostly).MaxBy(one => one.Share) is { } ragged)
        {
            return ragged.Separator;
        }

        return Try(name, content, start, (byte)' ') is { IsEven: true } blanks ? blanks.Separator
            : tries.Where(one => one.First > 1).MaxBy(one => one.Share) is { } first ? first.Separator
            : (byte)',';
    }

    private static Attempt Try(string name, byte[] content, int start, byte separator)
    {
        var scanner = new CsvScanner(name, content, start, 1, separator);
        var counts = new List<int>();
        var (fields, numbers, commas) = (0, 0, 0);
        try
        {
            while (counts.Count < Records && scanner.Offset - start < Bytes && scanner.Next())
            {
                counts.Add(scanner.Row.Count);
                fields += scanner.Row.Count;
                numbers += scanner.Row.Count(field => IsNumber(field, content));
                commas += scanner.Row.Count == 2 && scanner.Row.TrueForAll(
                    field => content.AsSpan(field.Start, field.Length).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
                    ? 1
                    : 0;
            }
        }
        catch (DataException)
        {
            // Under a wrong separator a file may have unclosed quotes or too many columns; under the right one it is told later.
            return new(separator, 0, 0, 0, 0, 0, 0);
        }

        var mode = counts.CountBy(count => count).DefaultIfEmpty().MaxBy(group => group.Value);
        return new(separator, counts.FirstOrDefault(), mode.Key, counts.Count == 0
            ? 0
            : (double)mode.Value / counts.Count, fields == 0 ? 0 : (double)numbers / fields, counts.Count, commas);
    }

    private static bool IsNumber(CsvField field, byte[] content) => field.TryNumber(content, out _)
        || (field.Length < 64 && NumberText.Read(field.TextIn(content)) is { Point: true } or { Comma: true });

    // A header without commas over lines such as 1,5: one column of decimal commas.
    private static bool IsOneColumn(Attempt one) =>
        one is { Separator: (byte)',', First: 1, Fields: 2 } && one.Lines > 1 && one.Pairs == one.Lines - 1;

    private static string Describe(byte separator) => TableSeparators.Describe(Encoding.ASCII.GetString([separator]));

    /// <summary>What a separator makes of the first lines.</summary>
    /// <param name="Separator">As a byte of ASCII.</param>
    /// <param name="First">Fields of the first line.</param>
    /// <param name="Fields">Fields of most lines.</param>
    /// <param name="Share">How many lines have those.</param>
    /// <param name="Numbers">Share of the fields that are numbers.</param>
    /// <param name="Lines">Lines that were looked at.</param>
    /// <param name="Pairs">Lines of two whole numbers.</param>
    private sealed record Attempt(byte Separator, int First, int Fields, double Share, double Numbers, int Lines, int Pairs)
    {
        public bool IsEven => First > 1 && Share >= 1;
    }
}
