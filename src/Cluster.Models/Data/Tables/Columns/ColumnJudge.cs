using System.Globalization;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>Decides what a column holds.</summary>
/// <param name="table">Names the columns.</param>
/// <param name="spec">What is said of it.</param>
/// <param name="shown">The decimal mark that other columns show beyond doubt; null when they show none, or both.</param>
internal sealed class ColumnJudge(CsvTable table, TableSpec spec, char? shown)
{
    // Fewer different texts than this are no sign of names or numbers of tickets.
    private const int ManyTexts = 20;

    public ColumnKind Judge(int column, ColumnEvidence evidence)
    {
        var name = table.Columns[column];
        if (spec.Dates is { } dates && dates.TryGetValue(name, out var order))
        {
            return new(ColumnType.Number, new(Date: order), []);
        }

        ColumnType? said = spec.Types is { } types && types.TryGetValue(name, out var type) ? type : null;
        if (said == ColumnType.Category || (said is null && evidence.Numbers * 2 < evidence.Filled))
        {
            return said is null && evidence.AnyDates * 2 > evidence.Filled
                ? Dates(name, evidence)
                : OfTexts(name, evidence, isSaid: said is not null);
        }

        var numbers = Numbers(name, evidence);
        return said is not null ? numbers
            : evidence.Padded > 0 ? numbers with { Warnings = [.. numbers.Warnings, Padded(name, evidence)] }
            : evidence.CompactDates == evidence.Filled && evidence.Filled > 1
                ? numbers with { Warnings = [.. numbers.Warnings, CompactDates(name)] }
            : numbers;
    }

    // 20261231 and 20270101 are a day apart and 8870 as numbers; identifiers of this size that are all dates are rare.
    private string CompactDates(string name) =>
        $"{table.Name}: column '{DisplayText.Shorten(name)}' holds dates without marks, "
            + $"such as 20260131, and is read as numbers, in which the end of a month or year is a jump; "
        + $"write them as 2026-01-31, or leave the column out with data.exclude; "
        + $"if they are numbers, say data.types: {{ {DisplayText.Shorten(name)}: number }}.";

    // Only a person knows whether 01234 is a number or a name: months are written so, and so are postcodes.
    private string Padded(string name, ColumnEvidence evidence) => string.Create(
        CultureInfo.InvariantCulture,
        $"{table.Name}: column '{DisplayText.Shorten(name)}' holds {evidence.Padded} number(s) that begin with 0, "
            + $"such as '{DisplayText.Shorten(evidence.PaddedText)}', and is read as numbers, in which the 0 is lost; if they are names, "
            + $"as postcodes are, say data.types: {{ {DisplayText.Shorten(name)}: category }} or leave the column out with data.exclude, "
            + $"otherwise data.types: {{ {DisplayText.Shorten(name)}: number }}.");

    private ColumnKind Numbers(string name, ColumnEvidence evidence)
    {
        var said = spec.Decimal is { } mark ? mark[0] : spec.Thousands is "." ? ',' : spec.Thousands is "," ? '.' : (char?)null;
        var isSure = said is not null || evidence.Decimal is not null || !evidence.HasMark || shown is not null;
        var decimalMark = said ?? evidence.Decimal ?? shown ?? '.';
        var group = spec.Thousands is null ? evidence.GroupUnder(decimalMark) : spec.Thousands.Length == 0 ? null : spec.Thousands;
        var notation = new NumberNotation(evidence.HasMark || said is not null ? decimalMark.ToString() : ".", group, evidence.Unit);
        ValueArray<string> warnings = isSure || table.Dialect.Separator != (byte)';' ? []
            : [$"{table.Name}: column '{DisplayText.Shorten(name)}' holds numbers such as '{DisplayText.Shorten(evidence.Marked)}', "
                + $"which are read with {(group is null ? "a decimal point" : $"'{group}' between thousands")}; "
                + $"nothing in the table shows whether that is right: say data.decimal and data.thousands."];
        return new(ColumnType.Number, notation.IsPlain && !evidence.IsUnusual ? null : notation, warnings);
    }

    private ColumnKind Dates(string name, ColumnEvidence evidence)
    {
        var most = evidence.Dates.Max();
        DateOrder[] orders = [.. Enum.GetValues<DateOrder>().Where(order => evidence.Dates[(int)order] == most)];
        var example = DisplayText.Shorten(evidence.Distinct.First(text => DateText.OrdersOf(text) != DateOrders.None));
        if (most < evidence.AnyDates)
        {
            return new(
                ColumnType.Category,
                null,
                [$"{table.Name}: column '{DisplayText.Shorten(name)}' holds dates such as '{example}' in different orders, and is read "
                    + $"as categories; write them alike, say data.dates: {{ {name}: day-first }}, or leave it out with data.exclude."]);
        }

        // Texts with named months or the year first are dates in any order that they fit.
        return orders.Length > 1 && orders[0] != DateOrder.Iso
            ? new(ColumnType.Category, null, [], new DataException(
                DataCodes.DatesUnclear,
                $"{table.Name}: column '{DisplayText.Shorten(name)}' holds dates such as '{example}', "
                    + $"of which nothing tells whether the day or the month comes first; "
                    + $"say data.dates: {{ {name}: day-first }} or month-first, or leave it out with data.exclude."))
            : new(ColumnType.Number, new(Date: orders[0]), []);
    }

    // What stands behind each number, where it is always the same letters.
    private static string? UnitOf(HashSet<string> texts)
    {
        var unit = texts.FirstOrDefault() is { } first ? first[(first.AsSpan().LastIndexOfAnyInRange('0', '9') + 1)..] : "";
        return texts.Count > 2
            && unit.Trim().Length is > 0 and < 8
            && texts.All(text => text.EndsWith(unit, StringComparison.Ordinal)
                && NumberText.Read(text[..^unit.Length]) is { Point: true } or { Comma: true })
            ? unit.Trim()
            : null;
    }

    private static bool HasMany(ColumnEvidence evidence) =>
        evidence.Distinct.Count >= ManyTexts && evidence.Distinct.Count * 2 > evidence.Filled;

    private ColumnKind OfTexts(string name, ColumnEvidence evidence, bool isSaid)
    {
        if (isSaid)
        {
            return new(ColumnType.Category, null, []);
        }

        var warnings = new List<string>();
        var column = $"{table.Name}: column '{DisplayText.Shorten(name)}'";
        if (OtherNotation.Quoted(evidence.Distinct) is { } quoted)
        {
            warnings.Add($"{column} holds numbers in quotes, such as {DisplayText.Shorten(quoted)}, which are read as categories: fields "
                + $"are quoted by \" only; write the numbers without quotes, or say data.types: {{ {name}: category }}.");
        }
        else if (UnitOf(evidence.Distinct) is { } unit)
        {
            warnings.Add(
                $"{column} holds numbers with '{DisplayText.Shorten(unit)}' behind them, "
                    + $"such as '{DisplayText.Shorten(evidence.Distinct.First())}', which are read as categories; "
                    + $"write the numbers alone, or say data.types: {{ {name}: category }}.");
        }
        else if (OtherNotation.Example(evidence.Distinct) is { } example)
        {
            var remedy = HasMany(evidence) ? "leave the column out with data.exclude" : $"say data.types: {{ {name}: category }}";
            warnings.Add($"{column} holds texts such as '{DisplayText.Shorten(example)}', which look like numbers, times or dates in a "
                + "notation that is not read, and is read as categories, which have no order; write plain numbers or dates such as "
                + $"2026-11-30, or {remedy}.");
        }
        else if (HasMany(evidence))
        {
            warnings.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{column} holds {evidence.Distinct.Count} different texts in {evidence.Filled} rows, "
                        + $"such as '{DisplayText.Shorten(evidence.Distinct.First())}': "
                        + $"as categories they say nothing of new rows; leave it out with data.exclude."));
        }
        else if (evidence.Numbers * 20 > evidence.Filled)
        {
            warnings.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{column} holds {evidence.Numbers} numbers and {evidence.Filled - evidence.Numbers} "
                        + $"other texts such as '{DisplayText.Shorten(evidence.Text)}', and is read as categories; "
                        + $"if the texts mean empty fields, say data.missingTexts, otherwise data.types: {{ {name}: category }}."));
        }

        warnings.AddRange(
            TextTwins.Warn(table.Name, name, evidence.Distinct.Count <= FeatureColumn.MaximumCategories ? evidence.Distinct : []));
        var gaps = evidence.Missing.Where(entry => MissingTexts.AreCertain(entry.Key)).ToList();
        return new(ColumnType.Category, null, [.. warnings], Gaps: gaps.Count == 0 ? null : new(gaps));
    }
}
