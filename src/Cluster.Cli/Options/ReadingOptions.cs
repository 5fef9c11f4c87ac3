using System.CommandLine;

namespace SearchCluster.Cli.Options;

/// <summary>Options that say how a table is written, of every command that reads one.</summary>
internal sealed class ReadingOptions
{
    private readonly Option<string[]> _missing;
    private readonly Option<int?> _skip;
    private readonly Option<string> _header;
    private readonly Option<string?> _separator;
    private readonly Option<string?> _decimal;
    private readonly Option<string?> _thousands;
    private readonly Option<string[]> _dates;

    /// <summary>Makes them.</summary>
    /// <param name="isForModel">True where a model knows how its own table was written.</param>
    public ReadingOptions(bool isForModel)
    {
        string Default(string told) => isForModel ? "as in training" : told;
        _missing = new("--missing-text")
        {
            HelpName = "TEXT",
            Description = "Text of a table that means an empty field; may be repeated",
        };
        _skip = Inputs.WholeNumber(
            "--skip-lines",
            $"Lines before a table's header or first row. Default: {Default("0")}",
            0,
            1_000_000);
        _header = Inputs.Choice(
            "--header",
            $"Whether the first line of a table names its columns. Default: "
                + $"{(isForModel ? "as in training, where the rows agree" : "told from the rows")}",
            "auto",
            "auto",
            "yes",
            "no",
            "true",
            "false");
        _separator = new("--separator")
        {
            HelpName = "CHARACTER",
            Description = $"Between the fields of a table: {TableSeparators.Rule}. Default: {Default("told from the lines")}",
        };
        _decimal = new("--decimal")
        {
            HelpName = "MARK",
            Description = $"Decimal mark of a table: . or , Default: {Default("told from each column")}",
        };
        _thousands = new("--thousands")
        {
            HelpName = "MARK",
            Description = $"Between the thousands of a table: , . ' space or none. Default: {Default("told from each column")}",
        };
        _dates = new("--dates")
        {
            HelpName = "COLUMN=ORDER",
            Description = "Column of dates: iso, day-first or month-first; may be repeated",
        };
    }

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [_missing, _skip, _header, _separator, _decimal, _thousands, _dates];

    /// <summary>What was given.</summary>
    /// <returns>Null where nothing was.</returns>
    public TableSpec? Of(ParseResult parse)
    {
        var said = new TableSpec
        {
            MissingTexts = parse.GetValue(_missing) is { Length: > 0 } texts ? texts.ToValueArray() : null,
            SkipLines = parse.GetValue(_skip),
            Header = parse.GetValue(_header) switch { "yes" or "true" => true, "no" or "false" => false, _ => null },
            Separator = TableOptions.Separator(parse.GetValue(_separator)),
            Decimal = TableOptions.Decimal(parse.GetValue(_decimal)),
            Thousands = TableOptions.Thousands(parse.GetValue(_thousands)),
            Dates = TableOptions.Dates(parse.GetValue(_dates) ?? []),
        };
        return said == new TableSpec() ? null : said;
    }
}
