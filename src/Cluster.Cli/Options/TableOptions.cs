using SearchCluster.Cli.Failures;

namespace SearchCluster.Cli.Options;

/// <summary>Options that say how a table is written, with the words of a spec.</summary>
internal static class TableOptions
{
    public static string? Separator(string? text) =>
        text is null ? null : TableSeparators.Parse(text) ?? throw Refuse("--separator", text, TableSeparators.Rule);

    public static string? Decimal(string? text) => text switch
    {
        null => null,
        "." or "point" => ".",
        "," or "comma" => ",",
        _ => throw Refuse("--decimal", text, ". or ,"),
    };

    public static string? Thousands(string? text) => text switch
    {
        null => null,
        "." or "point" => ".",
        "," or "comma" => ",",
        "'" or "apostrophe" => "'",
        " " or "space" => " ",
        "none" => "",
        _ => throw Refuse("--thousands", text, ", . ' space or none"),
    };

    public static ValueMap<DateOrder>? Dates(IReadOnlyCollection<string> texts) => texts.Count == 0 ? null : new(texts.Select(text =>
    {
        var at = text.LastIndexOf('=');
        return KeyValuePair.Create(at < 1 ? throw Refuse("--dates", text, "COLUMN=ORDER") : text[..at], text[(at + 1)..] switch
        {
            "iso" => DateOrder.Iso,
            "day-first" => DateOrder.DayFirst,
            "month-first" => DateOrder.MonthFirst,
            _ => throw Refuse("--dates", text, "COLUMN=iso, COLUMN=day-first or COLUMN=month-first"),
        });
    }));

    private static CliException Refuse(string option, string text, string rule) =>
        new(
            ExitCodes.WrongUsage,
            $"{option} is \"{SafeText.Of(text)}\", but must be {rule}.",
            "see: --help of the command, or searchcluster data describe --help",
            CommandCodes.WrongUsage);
}
