using SearchCluster.Models.Data.Preprocessing;

namespace SearchCluster.Models.Data.Tables.Csv;

/// <summary>How the bytes of a table are read, as far as somebody said it.</summary>
/// <param name="SkipLines">Lines that are left out.</param>
/// <param name="HasHeader">Whether the first line names the columns; null to tell from the rows.</param>
/// <param name="Separator">What separates fields; null to tell from the lines.</param>
/// <param name="Learned">How the table that a model learned from was read, where rows for it are read.</param>
/// <param name="Said">What somebody said of rows for a model, where they are written otherwise; null for nothing.</param>
internal sealed record CsvOptions(
    int SkipLines = 0, bool? HasHeader = null, byte? Separator = null, TableReading? Learned = null, TableSpec? Said = null)
{
    /// <summary>As a spec says.</summary>
    public static CsvOptions Of(TableSpec? spec) => new(spec?.SkipLines ?? 0, spec?.Header, SeparatorOf(spec));

    /// <summary>As the table that a model learned from, except for what is said of the rows.</summary>
    public static CsvOptions Of(TableReading? learned, TableSpec? said = null) =>
        new(said?.SkipLines ?? learned?.SkipLines ?? 0, said?.Header, SeparatorOf(said), learned, said);

    private static byte? SeparatorOf(TableSpec? spec) => spec?.Separator is { Length: 1 } separator ? (byte)separator[0] : null;
}
