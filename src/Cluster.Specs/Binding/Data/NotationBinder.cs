using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Data;

/// <summary>Reads the keys of section <c>data</c> that say how a table writes its fields, numbers and dates.</summary>
internal static class NotationBinder
{
    /// <summary>Keys of tables.</summary>
    public static readonly string[] Keys = ["header", "separator", "decimal", "thousands", "dates"];

    private static readonly (string Word, string? Mark)[] Decimals = [(".", "."), (",", ","), ("point", "."), ("comma", ",")];

    private static readonly (string Word, string? Mark)[] Groups =
        [(",", ","), (".", "."), ("'", "'"), (" ", " "), ("comma", ","), ("point", "."), ("apostrophe", "'"), ("space", " "), ("none", "")];

    private static readonly (string Word, DateOrder Order)[] Orders = [
        ("iso", DateOrder.Iso),
        ("day-first", DateOrder.DayFirst),
        ("month-first", DateOrder.MonthFirst),
    ];

    public static string? Separator(Section data)
    {
        if (data.Find("separator") is not { } entry)
        {
            return null;
        }

        var text = entry.Value is ScalarNode scalar ? scalar.Text : "";
        if (TableSeparators.Parse(text) is { } separator)
        {
            return separator;
        }

        data.Error(
            SpecCodes.Data,
            entry.Value.At,
            "separator",
            $"separator {Section.Describe(entry.Value)}, but must be {TableSeparators.Rule}",
            "for example separator: ';'");
        return null;
    }

    public static string? Decimal(Section data) => data.Word("decimal", Decimals, [], null);

    public static string? Thousands(Section data) => data.Word("thousands", Groups, [], null);

    public static ValueMap<DateOrder>? Dates(Section data)
    {
        if (data.Child("dates", SectionFields.Free) is not { Entries.Count: > 0 } section)
        {
            return null;
        }

        var dates = new List<KeyValuePair<string, DateOrder>>();
        foreach (var (key, value) in section.Entries)
        {
            if (section.TryWord(value, key.Text, Orders, [], out var order))
            {
                dates.Add(new(key.Text, order));
            }
        }

        return new(dates);
    }

    /// <summary>Refuses marks of two meanings, and columns of two types.</summary>
    public static void Check(Section data, TableSpec table)
    {
        if (table.Thousands is { Length: > 0 } mark && mark == (table.Decimal ?? (mark == "." ? "," : ".")))
        {
            data.Error(
                SpecCodes.Data,
                data.PlaceOf("thousands"),
                "thousands",
                $"thousands and decimal are both {Display.Quoted(mark)}",
                "give them different marks");
        }

        foreach (var column in (table.Dates?.Keys ?? []).Where(column => table.Types is { } types && types.ContainsKey(column)))
        {
            data.Error(
                SpecCodes.Data,
                data.PlaceOf("dates"),
                "dates",
                $"column {Display.Quoted(column)} stands under types and under dates",
                "keep one of the two");
        }
    }
}
