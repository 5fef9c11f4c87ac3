using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>Finds columns whose numbers are written with a point in one file of a data set and with a comma in another: 5.434 beside
/// 5,434.</summary>
/// <remarks>One of the two marks would be taken for that between thousands, and the numbers of a part for a thousand times as
/// large.</remarks>
/// <param name="table">What the columns are of.</param>
/// <param name="rows">Rows to look at.</param>
/// <param name="spec">What is said of it.</param>
internal sealed class PartMarks(CsvTable table, int[] rows, TableSpec spec)
{
    /// <summary>Refuses such a column, unless the spec says how numbers are written.</summary>
    public ColumnKind Check(int column, ColumnEvidence evidence, ColumnKind kind)
    {
        if (!table.HasParts || !evidence.HasMark || kind is not { Type: ColumnType.Number, Problem: null }
            || kind.Notation?.Date is not null
            || spec.Decimal is not null || spec.Thousands is not null)
        {
            return kind;
        }

        var files = rows.GroupBy(table.PartOf).Select(part => MarksOf(column, part)).ToList();
        var (points, commas) = (files.Find(file => file is { Point: not null, Comma: null }),
            files.Find(file => file is { Comma: not null, Point: null }));
        return points.Point is not { } point || commas.Comma is not { } comma ? kind
            : kind with
            {
                Problem = new(
                    DataCodes.NotANumber,
                    $"{table.At(point, column)}: column '{DisplayText.Shorten(table.Columns[column])}' holds "
                        + $"'{DisplayText.Shorten(table.Text(point, column).Trim())}', "
                    + $"but '{DisplayText.Shorten(table.Text(comma, column).Trim())}' at {table.At(comma, column)}; nothing tells which "
                    + "mark is the decimal one in each file. "
                    + "Write both files alike, or say data.decimal and data.thousands where both are right."),
            };
    }

    // The first row of a part with each mark, in numbers that have one of them only.
    private (int? Point, int? Comma) MarksOf(int column, IEnumerable<int> part)
    {
        (int? point, int? comma) = (null, null);
        foreach (var row in part)
        {
            var text = table.Text(row, column);
            var (hasPoint, hasComma) = (text.Contains('.', StringComparison.Ordinal), text.Contains(',', StringComparison.Ordinal));
            point ??= hasPoint && !hasComma ? row : null;
            comma ??= hasComma && !hasPoint ? row : null;
            if (hasPoint && hasComma)
            {
                // Both marks in one number tell which is which.
                return (row, row);
            }
        }

        return (point, comma);
    }
}
