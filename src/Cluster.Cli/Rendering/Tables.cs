using SearchCluster.Insight.Wording;
using Spectre.Console;

namespace SearchCluster.Cli.Rendering;

/// <summary>Plain tables: aligned columns, no borders, cells never read as markup.</summary>
internal static class Tables
{
    public static Table New(params string[] columns)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(SafeText.Of(column), new Style(decoration: Decoration.Dim)))
            {
                NoWrap = true,
                Padding = new Padding(0, 0, Format.ColumnGap, 0),
            });
        }

        return table;
    }

    /// <summary>A table whose last column holds sentences, which are wrapped to the terminal.</summary>
    public static Table WithSentences(params string[] columns)
    {
        var table = New(columns);
        table.Columns[^1].NoWrap = false;
        return table;
    }

    public static Table Row(this Table table, params string[] cells)
    {
        table.AddRow(cells.Select(cell => new Text(SafeText.Of(cell))));
        return table;
    }

    /// <summary>A row whose second cell has several lines.</summary>
    public static Table Entry(this Table table, string name, params string[] lines)
    {
        table.AddRow(new Text(SafeText.Of(name)), new Text(string.Join('\n', lines.Select(SafeText.Of))));
        return table;
    }
}
