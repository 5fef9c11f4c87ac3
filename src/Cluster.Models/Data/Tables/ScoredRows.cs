using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data.Tables;

/// <summary>Chooses the rows of a table by which a model is scored: those that its training would have kept.</summary>
public static class ScoredRows
{
    /// <summary>Leaves out what training left out: with <c>data.missing: drop</c> rows with an empty field, and with any
    /// <c>data.missing</c> rows without an answer.</summary>
    /// <param name="table">Rows with their answers.</param>
    /// <param name="columns">Columns of the model.</param>
    /// <param name="shape">What it learned.</param>
    /// <param name="target">Another column of answers than the model's; null for its own.</param>
    /// <param name="isAnswered">False for an autoencoder, whose answer is its input.</param>
    /// <returns>The rows, and a sentence for each reason by which some were left out.</returns>
    /// <exception cref="DataException">SC3001: none is left; SC3007, SC4120: a column is not there.</exception>
    public static (CsvTable Table, ValueArray<string> Notes) Of(
        CsvTable table, TablePreprocessing columns, DataShape shape, string? target = null, bool isAnswered = true)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(shape);
        if (columns.Reading is not { Missing: { } policy } learned)
        {
            return (table, []);
        }

        int[] answers = isAnswered ? TableTruth.ColumnsOf(table, shape, target, learned) : [];
        var classes = shape.ClassLabels.Any(MissingTexts.AreCertain)
            ? new ValueMap<ColumnType>(answers.Select(column => KeyValuePair.Create(table.Columns[column], ColumnType.Category)))
            : null;
        var missing = new MissingFields(table, new TableSpec { Missing = policy, MissingTexts = learned.MissingTexts, Types = classes });
        return (table.Take(missing.Keep([.. table.PositionsOf(columns), .. answers], table.Rows, answers)), [.. missing.Warnings]);
    }
}
