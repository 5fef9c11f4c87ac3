namespace SearchCluster.Specs.Explaining;

/// <summary>Says how a spec wants a table to be read, where it says so.</summary>
internal static class TableExplainer
{
    public static string Explain(TableSpec? table)
    {
        string?[] parts =
        [
            table?.NoAnswer == true ? "all columns as inputs" : null,
            table?.Header switch { true => "first line is the header", false => "no header", null => null },
            table?.Separator is { } separator ? $"separated by {TableSeparators.Describe(separator)}" : null,
            table?.Decimal is { } mark ? $"decimal '{mark}'" : null,
            table?.Thousands switch { null => null, "" => "no mark between thousands", var group => $"thousands '{group}'" },
            table?.Dates is { Count: > 0 } dates
                ? $"dates: {string.Join(", ", dates.Select(column => $"{column.Key} {Word(column.Value)}"))}"
                : null,
        ];
        var said = string.Join(", ", parts.OfType<string>());
        return said.Length == 0 ? "" : $"; read with {said}";
    }

    private static string Word(DateOrder order) =>
        order switch { DateOrder.DayFirst => "day first", DateOrder.MonthFirst => "month first", _ => "ISO" };
}
