using SearchCluster.Cli.Output;
using Spectre.Console;

namespace SearchCluster.Cli.Rendering;

/// <summary>Plain tables: aligned columns, no borders, cells never read as markup.</summary>
internal static class Tables
{
    /// <summary>Spaces between columns.</summary>
    public const int Gap = 2;

    public static Table New(params string[] columns)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(SafeText.Of(column), new Style(decoration: Decoration.Dim))) { NoWrap = true, Padding = new Padding(0, 0, Gap, 0) });
        }

        return table;
    }

    public static Table Row(this Table table, params string[] cells)
    {
        table.AddRow(cells.Select(cell => new Text(SafeText.Of(cell))));
        return table;
    }
}
