using System.Globalization;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>What the columns of a table hold and how their numbers are written, judged by all of their fields together.</summary>
/// <remarks>
/// A decimal mark that one column shows beyond doubt (<c>3,5</c>, <c>1.234,5</c>) is that of all columns in
/// which either would do (<c>17,202</c>). Where no column shows it, a comma groups thousands and a point is decimal; in a file between
/// semicolons, which programs write where the comma is decimal, that is told.
/// </remarks>
internal sealed class ColumnKinds
{
    private readonly Dictionary<int, ColumnKind> _kinds;

    private readonly CsvTable? _table;

    private ColumnKinds(CsvTable? table, Dictionary<int, ColumnKind> kinds) => (_table, _kinds) = (table, kinds);

    /// <summary>No columns.</summary>
    public static ColumnKinds None { get; } = new(null, []);

    /// <summary>The kind of a column.</summary>
    public ColumnKind this[int column] => _kinds[column];

    /// <summary>What a person should know of the columns.</summary>
    public IEnumerable<string> Warnings => Gaps(_kinds).Concat(_kinds.Values.SelectMany(kind => kind.Warnings));

    /// <summary>Judges columns.</summary>
    /// <param name="table">What the columns are of.</param>
    /// <param name="columns">Their numbers.</param>
    /// <param name="rows">Rows to look at.</param>
    /// <param name="missing">Empty fields.</param>
    /// <param name="spec">What is said of them.</param>
    public static ColumnKinds Of(CsvTable table, int[] columns, int[] rows, MissingFields missing, TableSpec spec)
    {
        var evidence = columns.Distinct().ToDictionary(column => column, column => ColumnEvidence.Of(table, column, rows, missing));
        var shown = Shown(evidence.Values);
        if (shown.Length == 0 && evidence.Values.Any(one => one is { HasMark: true, Decimal: null }))
        {
            // Columns that are not used may show what those that are used leave open.
            shown = Shown(
                Enumerable.Range(0, table.Columns.Count).Except(columns).Select(column => ColumnEvidence.Of(table, column, rows, missing)));
        }

        var judge = new ColumnJudge(table, spec, shown.Length == 1 ? shown[0] : null);
        var marks = new PartMarks(table, rows, spec);
        return new(table, evidence.ToDictionary(entry => entry.Key, entry => marks.Check(entry.Key, entry.Value, judge.Judge(entry.Key,
            entry.Value))));
    }

    private static char[] Shown(IEnumerable<ColumnEvidence> columns) =>
        [.. columns.Select(one => one.HasMark ? one.Decimal : null).OfType<char>().Distinct()];

    /// <summary>What a person should know of some of the columns.</summary>
    public IEnumerable<string> WarningsOf(IEnumerable<int> columns)
    {
        var kinds = columns.ToDictionary(column => column, column => _kinds[column]);
        return Gaps(kinds).Concat(
            kinds.Values.SelectMany(kind => kind.Warnings.AsEnumerable().Append(kind.Problem?.Message)).OfType<string>());
    }

    // One text that means nothing is often that of many columns, so it is told once.
    private IEnumerable<string> Gaps(Dictionary<int, ColumnKind> kinds) =>
        from entry in kinds
        from gap in entry.Value.Gaps ?? ValueMap<int>.Empty
        group (entry.Key, gap.Value) by gap.Key into gaps
        let columns = gaps.Select(gap => $"'{DisplayText.Shorten(_table!.Columns[gap.Key])}'").ToList()
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{_table!.Name}: '{gaps.Key}' is read as a category: in {gaps.Sum(gap => gap.Value)} field(s) of column(s) "
                + $"{CsvTable.Preview(columns)}; if it means an empty field, say data.missing and data.missingTexts: ['{gaps.Key}'].");

    /// <summary>How the columns write their numbers; null when all do it plainly.</summary>
    public ValueMap<NumberNotation>? Notations(CsvTable table)
    {
        var notations = _kinds
            .Where(entry => entry.Value.Notation is not null)
            .Select(entry => KeyValuePair.Create(table.Columns[entry.Key], entry.Value.Notation!))
            .ToArray();
        return notations.Length == 0 ? null : new(notations);
    }
}

/// <summary>What a column holds.</summary>
/// <param name="Type">Numbers, or categories.</param>
/// <param name="Notation">How its numbers are written; null for plainly, or where it has none.</param>
/// <param name="Warnings">What a person should know.</param>
/// <param name="Problem">Why it cannot be used as a feature; null when it can.</param>
/// <param name="Gaps">Texts among its categories that usually mean nothing, and how often; null for none.</param>
internal sealed record ColumnKind(
    ColumnType Type, NumberNotation? Notation, ValueArray<string> Warnings, DataException? Problem = null, ValueMap<int>? Gaps = null);
