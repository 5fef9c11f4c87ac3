using System.Globalization;

namespace SearchCluster.Models.Data;

/// <summary>Rows of numbers with a class each, as read: on the host, not normalised.</summary>
/// <param name="Name">Where they come from, for messages.</param>
/// <param name="Columns">Names of the features.</param>
/// <param name="ClassLabels">Names of the classes; whole numbers in numeric order, texts in ordinal order.</param>
/// <param name="Features">Row-major, rows × columns.</param>
/// <param name="Classes">Class of each row, an index into <paramref name="ClassLabels"/>.</param>
internal sealed record LabelledRows(string Name, ValueArray<string> Columns, ValueArray<string> ClassLabels, float[] Features, int[] Classes)
{
    public const int MaximumClasses = 1_000;

    /// <summary>Separates features and label of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="target">Label column: name, or number from 0; null for the last.</param>
    /// <param name="limit">Use only the first so many rows; null for all.</param>
    public static LabelledRows From(CsvTable table, string? target, int? limit)
    {
        var rows = Math.Min(table.Rows, limit ?? int.MaxValue);
        var label = FindTarget(table, target);
        var (labels, classes) = ReadClasses(table, label, rows);
        var features = new float[rows * (table.Columns.Count - 1)];
        var next = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < table.Columns.Count; column++)
            {
                if (column != label)
                {
                    features[next++] = table.Number(row, column);
                }
            }
        }

        return new(table.Name, table.Columns.Where((_, column) => column != label).ToValueArray(), labels, features, classes);
    }

    /// <summary>Finds the target column of a table.</summary>
    public static int FindTarget(CsvTable table, string? target)
    {
        if (table.Columns.Count < 2)
        {
            throw new DataException("SC3007", $"{table.Name} has one column, but features and a label are needed.");
        }

        if (target is null)
        {
            return table.Columns.Count - 1;
        }

        var byName = table.HasHeader ? table.Columns.ToList().IndexOf(target) : -1;
        if (byName >= 0)
        {
            return byName;
        }

        if (int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < table.Columns.Count)
        {
            return number;
        }

        var nearest = table.Columns.MinBy(column => EditDistance(column, target))!;
        var known = string.Join(", ", table.Columns.Take(10).Select(DisplayText.Shorten)) + (table.Columns.Count > 10 ? ", …" : "");
        throw new DataException(
            "SC3007",
            $"{table.Name} has no column '{DisplayText.Shorten(target)}'; did you mean '{DisplayText.Shorten(nearest)}'? Its {table.Columns.Count} columns: {known}.");
    }

    private static (ValueArray<string> Labels, int[] Classes) ReadClasses(CsvTable table, int column, int rows)
    {
        var texts = new string[rows];
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < rows; row++)
        {
            texts[row] = table.Text(row, column).Trim();
            if (texts[row].Length == 0)
            {
                throw new DataException("SC3009", $"{table.At(row, column)}: the label is empty.");
            }

            if (distinct.Add(texts[row]) && distinct.Count > MaximumClasses)
            {
                throw new DataException("SC3009", $"{table.At(row, column)}: column '{DisplayText.Shorten(table.Columns[column])}' has more than {MaximumClasses} different labels; is it a class?");
            }
        }

        if (distinct.Count < 2)
        {
            throw new DataException("SC3009", $"{table.Name}: all rows have the label '{DisplayText.Shorten(distinct.First())}', but at least two classes are needed.");
        }

        var ordered = Order(distinct);
        var index = ordered.Select((label, number) => (label, number)).ToDictionary(entry => entry.label, entry => entry.number, StringComparer.Ordinal);
        return (ordered.ToValueArray(), Array.ConvertAll(texts, text => index[text]));
    }

    private static List<string> Order(IReadOnlyCollection<string> labels) =>
        labels.All(label => long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? [.. labels.OrderBy(label => long.Parse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)).ThenBy(label => label, StringComparer.Ordinal)]
            : [.. labels.Order(StringComparer.Ordinal)];

    // Levenshtein's distance with one row of the table; names are cut, so a hostile header costs nothing.
    private static int EditDistance(string left, string right)
    {
        var (a, b) = (left[..Math.Min(left.Length, 64)], right[..Math.Min(right.Length, 64)]);
        var costs = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var diagonal = costs[0];
            costs[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                var substitute = diagonal + (a[i] == b[j] ? 0 : 1);
                diagonal = costs[j + 1];
                costs[j + 1] = Math.Min(substitute, 1 + Math.Min(costs[j], diagonal));
            }
        }

        return costs[b.Length];
    }
}
