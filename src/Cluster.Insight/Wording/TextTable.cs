namespace SearchCluster.Insight.Wording;

/// <summary>A table of single lines.</summary>
/// <remarks>
/// What has room is written as it stands, as a console library would draw it; loading one and drawing seven columns with it takes 65 ms, a
/// quarter of <c>list</c>. A test compares both. What has no room is cut, the widest column first.
/// </remarks>
/// <param name="columns">The headings.</param>
public sealed class TextTable(params string[] columns)
{
    private const string Dim = "\e[2m";
    private const string Plain = "\e[0m";

    // One character and the three points of what was cut.
    private const int NarrowestColumn = 4;
    private readonly List<string[]> _rows = [Array.ConvertAll(columns, SafeText.Of)];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">A text for each column.</param>
    public void Row(params string[] cells) => _rows.Add(Array.ConvertAll(cells, SafeText.Of));

    /// <summary>Writes the table.</summary>
    /// <param name="output">Where.</param>
    /// <param name="width">Width of a line.</param>
    /// <param name="isStyled">Whether the reader understands that headings are dim.</param>
    public void Write(TextWriter output, int width, bool isStyled = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        var widths = Widths(width);
        foreach (var row in _rows)
        {
            for (var i = 0; i < widths.Length; i++)
            {
                var cell = TextWidth.Cut(row[i], widths[i]);
                output.Write(isStyled && ReferenceEquals(row, _rows[0]) ? Dim + cell + Plain : cell);
                output.Write(new string(' ', widths[i] - TextWidth.Of(cell) + (i < widths.Length - 1 ? Format.ColumnGap : 0)));
            }

            output.WriteLine();
        }
    }

    // Room is kept for a gap behind the last column too, as the console library does.
    private int[] Widths(int width)
    {
        var widths = Array.ConvertAll(_rows[0], TextWidth.Of);
        foreach (var row in _rows)
        {
            for (var i = 0; i < widths.Length; i++)
            {
                widths[i] = Math.Max(widths[i], TextWidth.Of(row[i]));
            }
        }

        var excess = (widths.Length * Format.ColumnGap) - width;
        foreach (var column in widths)
        {
            excess += column;
        }

        for (; excess > 0; excess--)
        {
            var widest = widths.Max();
            if (widest <= NarrowestColumn)
            {
                break;
            }

            widths[Array.IndexOf(widths, widest)]--;
        }

        return widths;
    }
}
