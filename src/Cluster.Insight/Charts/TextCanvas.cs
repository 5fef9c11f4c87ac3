namespace SearchCluster.Insight.Charts;

/// <summary>A grid of characters on which series are drawn.</summary>
/// <param name="width">Columns.</param>
/// <param name="height">Rows; row 0 is the top.</param>
/// <param name="x">Scale of the columns.</param>
/// <param name="y">Scale of the rows.</param>
internal sealed class TextCanvas(int width, int height, Scale x, Scale y)
{
    private const char Dot = '·';
    private readonly char[,] _cells = new char[height, width];

    /// <summary>Draws a series.</summary>
    /// <param name="series">Its style says whether it is dots or a line.</param>
    /// <param name="letter">The character of its line; null for a line of box characters.</param>
    public void Draw(ChartSeries series, char? letter)
    {
        if (series.Style == SeriesStyle.Dots)
        {
            foreach (var point in series.Points)
            {
                Put(Column(point.X), RowOf(point.Y), Dot);
            }

            return;
        }

        int? before = null;
        for (var column = 0; column < width; column++)
        {
            var row = HeightAt(series, column) is { } height ? RowOf(height) : null;
            if (letter is { } own)
            {
                Put(column, row, own);
            }
            else if (row is { } place)
            {
                DrawLine(column, before ?? place, place);
            }

            before = row;
        }
    }

    public string Row(int row) => string.Create(width, (_cells, row), static (text, state) =>
    {
        for (var column = 0; column < text.Length; column++)
        {
            text[column] = state._cells[state.row, column] is var cell and not '\0' ? cell : ' ';
        }
    });

    private void DrawLine(int column, int from, int to)
    {
        if (from == to)
        {
            Put(column, to, '─');
            return;
        }

        var isUp = to < from;
        Put(column, from, isUp ? '╯' : '╮');
        Put(column, to, isUp ? '╭' : '╰');
        for (var row = Math.Min(from, to) + 1; row < Math.Max(from, to); row++)
        {
            Put(column, row, '│');
        }
    }

    private double? HeightAt(ChartSeries series, int column)
    {
        var place = width == 1 ? 0 : column / (width - 1.0);
        const double Slack = 1e-9;
        if (series.Style == SeriesStyle.Steps)
        {
            // Steps hold up to the next point or the right edge; a point that cannot be drawn ends them.
            var last = series.Points.ToList().FindLastIndex(point => x.Place(point.X) <= place + Slack);
            return last >= 0 && double.IsFinite(y.Place(series.Points[last].Y)) ? series.Points[last].Y : null;
        }

        if (series.Style == SeriesStyle.StepsBefore)
        {
            var first = series.Points.ToList().FindIndex(point => x.Place(point.X) >= place - Slack);
            return first >= 0 && double.IsFinite(y.Place(series.Points[first].Y)) ? series.Points[first].Y : null;
        }

        var points = series.Points.Where(point => double.IsFinite(x.Place(point.X)) && double.IsFinite(y.Place(point.Y))).ToArray();
        var next = Array.FindIndex(points, point => x.Place(point.X) > place + Slack);
        if (points.Length == 0 || next == 0)
        {
            return null;
        }

        if (next < 0)
        {
            // A line ends with its last point.
            return x.Place(points[^1].X) >= place - Slack ? points[^1].Y : null;
        }

        var (left, right) = (points[next - 1], points[next]);
        var share = (place - x.Place(left.X)) / (x.Place(right.X) - x.Place(left.X));
        return y.At(y.Place(left.Y) + (share * (y.Place(right.Y) - y.Place(left.Y))));
    }

    private int? Column(double value) =>
        x.Place(value) is var place && double.IsFinite(place) ? (int)Math.Round(place * (width - 1)) : null;

    private int? RowOf(double value) =>
        y.Place(value) is var place && double.IsFinite(place) ? (int)Math.Round((1 - place) * (height - 1)) : null;

    private void Put(int? column, int? row, char cell)
    {
        if (column is { } c && row is { } r && c >= 0 && c < width && r >= 0 && r < height)
        {
            _cells[r, c] = cell;
        }
    }
}
