using System.Text.Json.Serialization;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>How a column writes its numbers.</summary>
/// <param name="Decimal">The decimal mark, <c>.</c> or <c>,</c>.</param>
/// <param name="Thousands">What groups digits: <c>,</c> <c>.</c> <c>'</c> or a blank; null for nothing.</param>
/// <param name="Unit">What stands before or behind each number, for example <c>$</c> or <c>%</c>; null for nothing.</param>
/// <param name="Date">Order of the parts of dates, which become days since 1970-01-01; null for numbers.</param>
public sealed record NumberNotation(string Decimal = ".", string? Thousands = null, string? Unit = null, DateOrder? Date = null)
{
    /// <summary>True when numbers are written as programs do, which needs no notation.</summary>
    [JsonIgnore]
    internal bool IsPlain => Decimal == "." && Thousands is null && Unit is null && Date is null;

    /// <summary>Says for people how numbers are written.</summary>
    /// <returns>For example <c>decimal ',', thousands '.', %</c>.</returns>
    public string Describe() => Date is { } order
        ? order switch { DateOrder.DayFirst => "dates, day first", DateOrder.MonthFirst => "dates, month first", _ => "dates, year first" }
        : string.Join(", ", new[]
        {
            Decimal == "." && (Thousands is not null || Unit is not null) ? null : $"decimal '{Decimal}'",
            Thousands is null ? null : $"thousands '{Thousands}'",
            Unit,
        }.OfType<string>());
}
