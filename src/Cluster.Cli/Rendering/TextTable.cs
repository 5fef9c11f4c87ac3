using System.Buffers;
using SearchCluster.Cli.Output;
using SearchCluster.Insight.Wording;
using Spectre.Console;

namespace SearchCluster.Cli.Rendering;

/// <summary>A table of single lines.</summary>
/// <remarks>
/// Where all of it fits it is written as it stands; what has to be cut, or measured by more than its length, is drawn by the console
/// library. Loading that library and drawing seven columns with it takes 65 ms, a quarter of <c>list</c>. A test compares both.
/// </remarks>
/// <param name="columns">The headings.</param>
internal sealed class TextTable(params string[] columns)
{
    private const string Dim = "\e[2m";
    private const string Plain = "\e[0m";
    private static readonly SearchValues<char> OneColumnWide = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");
    private readonly List<string[]> _rows = [Array.ConvertAll(columns, SafeText.Of)];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">A text for each column.</param>
    public void Row(params string[] cells) => _rows.Add(Array.ConvertAll(cells, SafeText.Of));

    /// <summary>Writes the table to standard output.</summary>
    /// <param name="output">Where.</param>
    public void Write(CliOutput output)
    {
        var widths = Widths();

        // The library keeps room for a gap behind the last column too.
        if (widths is not null && widths.Sum() + Format.ColumnGap <= output.DataColumns)
        {
            WriteLines(output.Data, widths, output.IsDataStyled);
        }
        else
        {
            Draw(output.DataConsole);
        }
    }

    /// <summary>Draws the table by the console library.</summary>
    /// <param name="console">Where.</param>
    internal void Draw(IAnsiConsole console)
    {
        var table = Tables.New(_rows[0]);
        _rows.Skip(1).ToList().ForEach(row => table.Row(row));
        console.Write(table);
    }

    /// <summary>Width of each column with the gap behind it, which the last one has not.</summary>
    /// <returns>Null where a cell is not as wide as it is long.</returns>
    private int[]? Widths()
    {
        var widths = new int[columns.Length];
        foreach (var row in _rows)
        {
            for (var i = 0; i < widths.Length; i++)
            {
                if (row[i].AsSpan().ContainsAnyExcept(OneColumnWide))
                {
                    return null;
                }

                widths[i] = Math.Max(widths[i], row[i].Length + (i < widths.Length - 1 ? Format.ColumnGap : 0));
            }
        }

        return widths;
    }

    private void WriteLines(TextWriter writer, int[] widths, bool isStyled)
    {
        foreach (var row in _rows)
        {
            for (var i = 0; i < widths.Length; i++)
            {
                writer.Write(isStyled && ReferenceEquals(row, _rows[0]) ? Dim + row[i] + Plain : row[i]);
                writer.Write(new string(' ', widths[i] - row[i].Length));
            }

            writer.WriteLine();
        }
    }
}
