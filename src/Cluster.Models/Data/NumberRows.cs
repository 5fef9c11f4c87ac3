namespace SearchCluster.Models.Data;

/// <summary>Rows of numbers with a number to answer each, as read: on the host, not scaled.</summary>
/// <param name="Name">Where they come from, for messages.</param>
/// <param name="Columns">Names of the features.</param>
/// <param name="TargetName">Name of the number to answer.</param>
/// <param name="Features">Row-major, rows × columns.</param>
/// <param name="Targets">The number of each row.</param>
internal sealed record NumberRows(string Name, ValueArray<string> Columns, string TargetName, float[] Features, float[] Targets)
{
    /// <summary>Separates features and answer of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="target">Column of the answer: name, or number from 0; null for the last.</param>
    /// <param name="limit">Use only the first so many rows; null for all.</param>
    public static NumberRows From(CsvTable table, string? target, int? limit)
    {
        var rows = Math.Min(table.Rows, limit ?? int.MaxValue);
        var answer = LabelledRows.FindTarget(table, target);
        var features = new float[rows * (table.Columns.Count - 1)];
        var targets = new float[rows];
        var next = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < table.Columns.Count; column++)
            {
                if (column == answer)
                {
                    targets[row] = table.Number(row, column);
                }
                else
                {
                    features[next++] = table.Number(row, column);
                }
            }
        }

        return new(table.Name, table.Columns.Where((_, column) => column != answer).ToValueArray(), table.Columns[answer], features, targets);
    }
}
