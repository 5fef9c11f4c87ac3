using System.Globalization;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>Which fields of a table are empty, and what becomes of them.</summary>
/// <param name="table">What the fields are of.</param>
/// <param name="spec">Policy, and the texts that mean an empty field.</param>
internal sealed class MissingFields(CsvTable table, TableSpec spec)
{
    /// <summary>What a spec can do about an empty field.</summary>
    public const string Say = "say what becomes of empty fields with data.missing";

    /// <summary>What can be done for a model, whose training had none or filled them from what came before.</summary>
    public const string Correct = "correct the field, or leave the row out";

    private readonly HashSet<string> _texts = new(spec.MissingTexts ?? [], StringComparer.Ordinal);
    private readonly List<string> _warnings = [];

    /// <summary>What a person should know of the rows that were left out.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>True when empty fields of features are filled.</summary>
    public bool AreFilled => spec.Missing is not (null or MissingPolicy.Drop);

    /// <summary>True when rows with empty fields are left out.</summary>
    public bool AreDropped => spec.Missing == MissingPolicy.Drop;

    /// <summary>Tells whether a field is empty: no text but blanks, or one of the texts of the spec.</summary>
    public bool IsMissing(int row, int column) =>
        table.IsBlank(row, column) || (_texts.Count > 0 && _texts.Contains(table.Text(row, column).Trim()));

    /// <summary>Tells whether a row has no answer: an empty field, or a text such as NA that is never a class unless data.types says that
    /// the column holds categories.</summary>
    public bool IsUnanswered(int row, int column) =>
        IsMissing(row, column) || (MissingTexts.AreCertain(table.Text(row, column).Trim())
            && !(spec.Types is { } types && types.GetValueOrDefault(table.Columns[column], ColumnType.Number) == ColumnType.Category));

    /// <summary>Chooses rows.</summary>
    /// <param name="columns">Columns that are used.</param>
    /// <param name="limit">Only the first so many rows.</param>
    /// <param name="targets">Columns of the answers, which are never filled: once data.missing is said, rows
    /// without one are left out.</param>
    /// <returns>Their numbers; all of them unless rows with empty fields are dropped.</returns>
    /// <exception cref="DataException">SC3001: none is left.</exception>
    public int[] Keep(int[] columns, int limit, params int[] targets)
    {
        var rows = Enumerable.Range(0, limit)
            .Where(row => spec.Missing != MissingPolicy.Drop || !columns.Any(column => IsMissing(row, column)))
            .ToArray();
        if (rows.Length < limit)
        {
            var first = Enumerable.Range(0, limit).Except(rows).First();
            _warnings.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{table.At(first, columns.First(column => IsMissing(first, column)))}: {limit - rows.Length} "
                        + $"of {limit} row(s) have an empty field, the first one here, and are left out by data.missing: drop."));
        }

        var answered = spec.Missing is null ? rows : [.. rows.Where(row => !targets.Any(column => IsUnanswered(row, column)))];
        if (answered.Length < rows.Length)
        {
            var example = rows.Except(answered).First();
            var column = targets.First(target => IsUnanswered(example, target));
            _warnings.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{table.At(example, column)}: "
                        + $"{rows.Length - answered.Length} row(s) have no answer in column '{DisplayText.Shorten(table.Columns[column])}' "
                        + $"({(table.IsBlank(example, column) ? "it is empty" : $"'{table.Text(example, column).Trim()}'")} "
                        + $"here) and are left out."));
        }

        return answered.Length > 0 ? answered : throw new DataException(DataCodes.NoRows, $"{table.Name} has no data rows left: {WhyNone(
            limit, rows.Length, columns, targets)}");
    }

    private string WhyNone(int all, int kept, int[] columns, int[] targets)
    {
        if (kept > 0)
        {
            var names = CsvTable.Preview([.. targets.Select(column => $"'{table.Columns[column]}'")]);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{(kept == all ? "none" : $"none of the {kept} without an empty field")} has an answer in column {names}, "
                    + $"and rows without one are left out; correct the column, or name another one as the target.");
        }

        var worst = columns.MaxBy(column => Enumerable.Range(0, all).Count(row => IsMissing(row, column)));
        var missing = Enumerable.Range(0, all).Count(row => IsMissing(row, worst));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"each has an empty field, and data.missing: drop leaves such rows out; "
                + $"most are in column '{DisplayText.Shorten(table.Columns[worst])}' ({missing} of {all}), which data.exclude leaves out.");
    }

    /// <summary>Refuses an empty field.</summary>
    public DataException Refuse(int row, int column, string what, string remedy = Say) => new(
        DataCodes.NotANumber,
        $"{table.At(row, column)}: column '{DisplayText.Shorten(table.Columns[column])}' holds "
            + $"{(table.IsBlank(row, column) ? "nothing" : $"'{DisplayText.Shorten(table.Text(row, column))}', which means nothing,")}, "
            + $"but must be {what}; {remedy}.");
}
