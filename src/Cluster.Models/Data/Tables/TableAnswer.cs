using System.Globalization;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables;

/// <summary>What is to be answered for each row of a table: a class, or numbers.</summary>
/// <param name="ClassLabels">Names of the classes; whole numbers in numeric order, texts in ordinal order. Empty for numbers.</param>
/// <param name="Classes">Class of each row, an index into <paramref name="ClassLabels"/>.</param>
/// <param name="Names">Names of the numbers; empty for a class.</param>
/// <param name="Numbers">Row-major, rows × names.</param>
/// <param name="Column">Where the class stands in a table; null for numbers.</param>
internal sealed record TableAnswer(
    ValueArray<string> ClassLabels, int[] Classes, ValueArray<string> Names, double[] Numbers, ClassColumn? Column = null)
{
    public const int MaximumClasses = 1_000;

    // Fewer different labels than this may well be classes.
    private const int ManyClasses = 20;

    /// <summary>True when numbers are to be answered.</summary>
    public bool IsNumbers => Names.Count > 0;

    /// <summary>True when nothing is to be answered.</summary>
    public bool IsNone => ClassLabels.Count == 0 && Names.Count == 0;

    /// <summary>Reads the answers.</summary>
    /// <param name="table">What the columns are of.</param>
    /// <param name="columns">The target, and further ones where numbers are to be answered.</param>
    /// <param name="rows">The rows to read.</param>
    /// <param name="missing">Empty fields; an answer is never filled.</param>
    /// <param name="spec">What the target is.</param>
    /// <param name="kinds">How its numbers are written, where it has numbers.</param>
    /// <exception cref="DataException">SC3004: no number; SC3009: no label, too many, or one only.</exception>
    public static TableAnswer Read(CsvTable table, int[] columns, int[] rows, MissingFields missing, TableSpec spec, ColumnKinds kinds)
    {
        if (spec.NoAnswer == true)
        {
            return new([], new int[rows.Length], [], []);
        }

        if (spec.Answer == TargetKind.Numbers)
        {
            return new(
                [],
                [],
                columns.Select(column => table.Columns[column]).ToValueArray(),
                [.. rows.SelectMany(row => columns.Select(column => Number(table, row, column, missing, kinds, NumberHint.Answer)))]);
        }

        return IsSplit(spec)
            ? SplitByThreshold(table, columns[0], rows, missing, spec.Threshold, kinds)
            : ReadClasses(table, columns[0], rows, missing);
    }

    /// <summary>Tells whether a target of numbers becomes two classes.</summary>
    public static bool IsSplit(TableSpec spec) => spec.Threshold is not null || spec.MedianSplit == true;

    /// <summary>Says what a person should know of the labels.</summary>
    public IEnumerable<string> Warn(string table, string column)
    {
        if (ClassLabels.Count >= ManyClasses && ClassLabels.Count * 2 > Classes.Length)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{table}: column '{DisplayText.Shorten(column)}' has {ClassLabels.Count} different labels in {Classes.Length} rows, "
                    + $"such as '{DisplayText.Shorten(ClassLabels[0])}', and each is a class; {Instead(ClassLabels)}.");
        }
    }

    /// <summary>Says why no row is left to validate with, where each class has one row, which is learned from.</summary>
    /// <returns>Null where that is not the reason.</returns>
    public DataException? RefuseSingles(string table) => Column is not null && ClassLabels.Count == Classes.Length
        ? new(
            DataCodes.Labels,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{table}: column '{DisplayText.Shorten(Column.Name)}' has {ClassLabels.Count} different labels in {Classes.Length} rows, "
                    + $"such as '{DisplayText.Shorten(ClassLabels[0])}', so no class has a row to validate with; {Instead(ClassLabels)}."))
        : null;

    private static string Instead(IEnumerable<string> labels) =>
        labels.All(label => NumberText.Read(label) is { Point: true } or { Comma: true })
            ? "if they are numbers to answer, say data.answer: numbers and take a regressor, such as workload mlp-regressor"
            : "name the column of the class in data.target";

    private static double Number(CsvTable table, int row, int column, MissingFields missing, ColumnKinds kinds, string textHint) =>
        missing.IsMissing(row, column) ? throw missing.Refuse(row, column, "a number, because it is the answer")
            : kinds[column].Problem is { } problem ? throw problem
            : table.Number(row, column, kinds[column].Notation, textHint);

    private static TableAnswer SplitByThreshold(
        CsvTable table, int column, int[] rows, MissingFields missing, double? threshold, ColumnKinds kinds)
    {
        var numbers = Array.ConvertAll(rows, row => Number(table, row, column, missing, kinds, NumberHint.Split));
        var limit = threshold ?? Median(numbers);
        var classes = Array.ConvertAll(numbers, number => number > limit ? 1 : 0);

        // The mean of two decimal numbers has digits that neither of them has; the name leaves them out, the threshold does not.
        var text = limit.ToString("G15", CultureInfo.InvariantCulture);
        var isPart = rows.Length < table.Rows;
        return classes.Distinct().Count() == 2
            ? new([$"at most {text}", $"above {text}"], classes, [], [], new(table.Columns[column], limit))
            : throw new DataException(
                DataCodes.Labels,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{table.Name}: column '{DisplayText.Shorten(table.Columns[column])}' lies from {numbers.Min()} to {numbers.Max()}, "
                        + $"all on one side of {limit}; correct data.threshold"
                        + $"{(isPart ? $"; only {rows.Length} of {table.Rows} rows are used (data.limit, data.missing)" : "")}."));
    }

    private static double Median(double[] numbers)
    {
        var sorted = numbers.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static TableAnswer ReadClasses(CsvTable table, int column, int[] rows, MissingFields missing)
    {
        var texts = new string[rows.Length];
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Length; i++)
        {
            texts[i] = table.Text(rows[i], column).Trim();
            if (missing.IsUnanswered(rows[i], column))
            {
                throw Unanswered(table, rows[i], column, texts[i]);
            }

            if (distinct.Add(texts[i]) && distinct.Count > MaximumClasses)
            {
                throw new DataException(
                    DataCodes.Labels,
                    $"{table.At(rows[i], column)}: column '{DisplayText.Shorten(table.Columns[column])}' "
                        + $"has more than {MaximumClasses} different labels, so it is hardly a class; {Instead(distinct)}.");
            }
        }

        if (distinct.Count < 2)
        {
            throw new DataException(
                DataCodes.Labels,
                $"{table.Name}: {All(table, rows)} the label '{DisplayText.Shorten(distinct.First())}' "
                    + $"in column '{DisplayText.Shorten(table.Columns[column])}', but at least two classes are needed.");
        }

        var ordered = Order(distinct);
        var index = ordered.Select((label, number) => (label, number))
            .ToDictionary(entry => entry.label, entry => entry.number, StringComparer.Ordinal);
        return new(ordered.ToValueArray(), Array.ConvertAll(texts, text => index[text]), [], [], new(table.Columns[column]));
    }

    private static string All(CsvTable table, int[] rows) => rows.Length == table.Rows
        ? "all rows have"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"of {table.Rows} rows data.limit and data.missing leave {rows.Length}, which {(rows.Length == 1 ? "has" : "all have")}");

    private static DataException Unanswered(CsvTable table, int row, int column, string text) => new(
        DataCodes.Labels,
        text.Length == 0
            ? $"{table.At(row, column)}: the label is empty; leave such rows out with data.missing: drop."
            : $"{table.At(row, column)}: the label is '{text}', a missing answer; "
                + $"leave such rows out with data.missing: drop and data.missingTexts: "
                + $"['{text}'], or, if it is a class, say data.types: {{ {DisplayText.Shorten(table.Columns[column])}: category }}.");

    private static List<string> Order(IReadOnlyCollection<string> labels) =>
        labels.All(label => long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? [.. labels.OrderBy(label => long.Parse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
                .ThenBy(label => label, StringComparer.Ordinal)]
            : [.. labels.Order(StringComparer.Ordinal)];
}
