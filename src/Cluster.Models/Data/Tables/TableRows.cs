using System.Globalization;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables;

/// <summary>Rows of a table as read: on the host, nothing fitted.</summary>
/// <param name="Name">Where they come from, for messages.</param>
/// <param name="Columns">The features.</param>
/// <param name="Features">Row-major, rows × columns: numbers, indices into the categories, NaN for an empty field.</param>
/// <param name="Answer">What is to be answered.</param>
/// <param name="Given">Parts, where files are the parts.</param>
/// <param name="Groups">Rows that belong together; null where each is alone.</param>
internal sealed record TableRows(
    string Name, FeatureColumn[] Columns, double[] Features, TableAnswer Answer, GivenParts? Given = null, RowGroups? Groups = null)
{
    private static readonly string[] PartNames = ["training", "validation", "test"];

    /// <summary>How the table was read; goes into the model.</summary>
    public TableReading? Reading { get; init; }

    /// <summary>Number of each row in the table; null where all rows are there.</summary>
    public int[]? Numbers { get; init; }

    /// <summary>Rows of the table.</summary>
    public int FileRows { get; init; }

    /// <summary>Where the field of a row and a column stands: file, line and column.</summary>
    public Func<int, string, string> At { get; init; } = (_, _) => Name;

    /// <summary>What a person should know of the table.</summary>
    public ValueArray<string> Warnings { get; init; } = [];

    /// <summary>Separates features and answer of a table.</summary>
    /// <param name="table">With at least two columns.</param>
    /// <param name="target">Column of the answer: name, or number from 0; null for the last.</param>
    /// <param name="spec">How the table is read; null for the defaults.</param>
    /// <param name="limit">How many rows to use; null for all.</param>
    /// <param name="groupBy">Column that names the group of a row, which is no feature unless the spec says so; null for none.</param>
    /// <exception cref="DataException">The table breaks a rule.</exception>
    public static TableRows From(CsvTable table, string? target, TableSpec? spec, RowLimit? limit = null, string? groupBy = null)
    {
        spec = ColumnFinder.ByName(table, spec ?? new());
        if (table.Columns.Count < 2)
        {
            var separator = TableSeparators.Describe(((char)table.Dialect.Separator).ToString());
            throw new DataException(
                DataCodes.Columns,
                $"{table.Name} has one column, but {(spec.NoAnswer == true ? "at least two" : "features and a label")} are needed."
                    + (table.Dialect.IsSaid
                        ? ""
                        : $" Its fields are separated by {separator}, as the lines tell; otherwise say data.separator."));
        }

        int[] targets = spec.NoAnswer == true ? [] : [target is null
            ? table.Columns.Count - 1
            : ColumnFinder.Find(table, target), .. (spec.FurtherTargets ?? []).Select(name => ColumnFinder.Find(table, name))];
        int? group = groupBy is null ? null : GroupColumn(table, groupBy, targets);
        var features = ColumnFinder.Features(table, group is null || spec.Features is not null
            ? spec
            : spec with { Exclude = [.. spec.Exclude ?? [], table.Columns[group.Value]] }, targets);
        var missing = new MissingFields(table, spec);
        var kept = missing.Keep([.. features, .. targets], table.Rows, targets);
        var kinds = ColumnKinds.Of(table, spec.Answer == TargetKind.Numbers || TableAnswer.IsSplit(spec)
            ? [.. features, .. targets]
            : features, kept, missing, spec);
        var rows = Limit(table, kept, limit, chosen => TableAnswer.Read(table, targets, chosen, missing, spec, kinds));
        var columns = new FeatureColumn[features.Length];
        var values = new double[rows.Length * features.Length];
        for (var i = 0; i < features.Length; i++)
        {
            columns[i] = FeatureColumn.Read(table, features[i], rows, missing, kinds[features[i]], values.AsSpan(), i, features.Length);
        }

        var answer = TableAnswer.Read(table, targets, rows, missing, spec, kinds);
        return new(table.Name, columns, values, answer, PartsOf(table, rows), group is null
            ? null
            : GroupsOf(table, group.Value, rows, missing))
        {
            Reading = table.ReadingFor(targets, kinds, spec),
            Numbers = rows.Length == table.Rows ? null : rows,
            FileRows = table.Rows,
            At = (row, column) => table.At(rows[row], table.Columns.IndexOf(column)),
            Warnings = [.. table.Warnings, .. missing.Warnings, .. kinds.Warnings, .. SaidTwins(table.Name, columns, spec),
                .. targets.Length > 0 ? answer.Warn(table.Name, table.Columns[targets[0]]) : LikeClass(table, features, rows, kinds, spec)],
        };
    }

    // A label that nobody named as such is an input like others, which a person may not have meant.
    private static IEnumerable<string> LikeClass(CsvTable table, int[] features, int[] rows, ColumnKinds kinds, TableSpec spec)
    {
        const int FewClasses = 20, RowsOfClass = 5;
        var last = table.Columns.Count - 1;
        var name = DisplayText.Shorten(table.Columns[last]);
        if (features[^1] != last || spec.Features is not null || spec.Types?.ContainsKey(table.Columns[last]) == true)
        {
            yield break;
        }

        var texts = rows.Select(row => table.Text(row, last).Trim()).ToHashSet(StringComparer.Ordinal);
        var isText = kinds[last].Type == ColumnType.Category;
        var isWhole = texts.All(text => long.TryParse(text, CultureInfo.InvariantCulture, out _));
        if (texts.Count <= FewClasses && texts.Count * RowsOfClass <= rows.Length && (isText || isWhole))
        {
            var (what, type) = isText ? ("texts", "category") : ("whole numbers", "number");
            yield return string.Create(CultureInfo.InvariantCulture, $"{table.Name}: no column is named as the target, so all "
                + $"{features.Length} are inputs, also the last, '{name}', whose {texts.Count} different {what} may be "
                + $"classes; data.target: {name} leaves it out, data.types: {{ {name}: {type} }} says that it is "
                + $"an input.");
        }
    }

    // Of columns that are inferred, their judge has told it.
    private static IEnumerable<string> SaidTwins(string name, FeatureColumn[] columns, TableSpec spec) => columns
        .Where(column => column.Categories is not null && spec.Types is { } types && types.ContainsKey(column.Name))
        .SelectMany(column => TextTwins.Warn(name, column.Name, column.Categories!));

    private static int[] Limit(CsvTable table, int[] kept, RowLimit? limit, Func<int[], TableAnswer> read)
    {
        if (limit is null)
        {
            return kept;
        }

        var answer = read(kept);
        return [.. limit.Choose(
            [.. kept.Select(row => table.HasParts ? table.PartOf(row) : 0)], answer.IsNumbers ? null : place => answer.Classes[place])
            .Select(place => kept[place])];
    }

    private static int GroupColumn(CsvTable table, string groupBy, int[] targets) =>
        ColumnFinder.Find(table, groupBy) is var column && !targets.Contains(column)
            ? column
            : throw new DataException(
                DataCodes.NoGroup,
                $"{table.Name}: data.split.groupBy names '{DisplayText.Shorten(groupBy)}', which is the target; name the column that tells "
                    + $"which rows belong together.");

    private static RowGroups GroupsOf(CsvTable table, int column, int[] rows, MissingFields missing)
    {
        foreach (var row in rows)
        {
            if (missing.IsMissing(row, column))
            {
                throw new DataException(
                    DataCodes.NoGroup,
                    $"{table.At(row, column)}: column '{DisplayText.Shorten(table.Columns[column])}' holds nothing, but data.split.groupBy "
                        + $"needs the group of each row; fill it in.");
            }
        }

        return RowGroups.By(
            $"column '{DisplayText.Shorten(table.Columns[column])}'", [.. rows.Select(row => table.Text(row, column).Trim())]);
    }

    private static GivenParts? PartsOf(CsvTable table, int[] rows)
    {
        int[] Part(int part) => [.. Enumerable.Range(0, rows.Length).Where(i => table.PartOf(rows[i]) == part)];
        if (!table.HasParts)
        {
            return null;
        }

        int[][] parts = [Part(0), Part(1), Part(2)];
        foreach (var part in Enumerable.Range(0, table.Rows).Select(table.PartOf).Distinct().Where(part => parts[part].Length == 0))
        {
            throw new DataException(
                DataCodes.NoRows,
                $"{table.Name}: no row is left of the {PartNames[part]} part: each has an empty field or no answer, and data.missing "
                    + $"leaves such rows out.");
        }

        return new(parts[0], parts[1], parts[2]);
    }
}
