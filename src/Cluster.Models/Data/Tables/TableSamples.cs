using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Tables.Columns;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Tables;

/// <summary>Rows of a table with a class or numbers to answer.</summary>
/// <param name="rows">As they were read, nothing fitted.</param>
/// <param name="spec">How numbers are scaled and empty fields are filled; null for the defaults.</param>
internal sealed class TableSamples(TableRows rows, TableSpec? spec = null) : Samples(rows.Name)
{
    private const int MostWild = 5;

    /// <summary>The rows as read.</summary>
    public TableRows Table => rows;

    public override int Rows => rows.Features.Length / rows.Columns.Length;

    public override IReadOnlyList<int>? Strata => rows.Answer.IsNumbers || rows.Answer.IsNone ? null : rows.Answer.Classes;

    public override RowClasses? Classes => Strata is { } classes ? RowClasses.OfOne(rows.Answer.ClassLabels, classes) : null;

    public override GivenParts? Given => rows.Given;

    public override RowGroups? Groups => rows.Groups;

    public override DataException? WhyNoneToValidate => rows.Answer.RefuseSingles(Name);

    public override FittedSamples Fit(int[] train)
    {
        var known = KnownCategories.Of(rows, train, spec?.Unseen);
        var preprocessing = TablePreprocessing.Fit(known.Columns, known.Features, train, spec?.Scaling
            ?? ColumnScaling.Standard, spec?.Missing, spec?.MissingTexts, spec?.Unseen is UnseenPolicy.Error ? null : spec?.Unseen) with
        { Reading = rows.Reading };
        if (preprocessing.Width == 0)
        {
            throw new DataException(
                DataCodes.Columns, $"{Name}: no feature has a value in the training part, so there is nothing to learn from; correct "
                    + $"data.features or data.split.");
        }

        var features = preprocessing.Apply(known.Features);
        if (Array.FindIndex(features, value => !float.IsFinite(value)) is >= 0 and var bad)
        {
            throw new DataException(
                DataCodes.NumberOutOfRange,
                $"{Name}: column '{DisplayText.Shorten(preprocessing.ColumnOf(bad % preprocessing.Width))}' is not finite after scaling; "
                    + $"rescale it.");
        }

        var inputs = tensor(features, [Rows, preprocessing.Width]);
        var shape = new DataShape(
            [preprocessing.Width], TargetKind.Class, preprocessing.Columns, rows.Answer.ClassLabels, [], ClassColumn: rows.Answer.Column);
        List<string> warnings =
        [
            .. rows.Warnings,
            .. preprocessing.Warn(Name, known.Features, train),
            .. rows.Columns.Select(column => column.Warning).OfType<string>(),
            .. known.Warn(rows, train, spec?.Unseen),
        ];
        warnings.AddRange(Wild(train));
        if (!rows.Answer.IsNumbers)
        {
            return new(
                shape,
                preprocessing,
                inputs,
                tensor(rows.Answer.Classes.Select(k => (long)k).ToArray()),
                TargetScaling.None,
                [.. warnings]);
        }

        var scaling = TargetScaling.Fit(rows.Answer.Numbers, rows.Answer.Names.Count, train);
        warnings.AddRange(scaling.Warn(Name, rows.Answer.Names, rows.Answer.Numbers, train));
        return new(
            shape with { Target = TargetKind.Numbers, TargetNames = rows.Answer.Names },
            preprocessing,
            inputs,
            scaling.Apply(rows.Answer.Numbers),
            scaling,
            [.. warnings]);
    }

    // In any part: one of the test part spoils the result as one of the training part spoils what is learned.
    private IEnumerable<string> Wild(int[] train)
    {
        var columns = Enumerable.Range(0, rows.Columns.Length).Where(at => rows.Columns[at].Categories is null)
            .Select(at => (Name: rows.Columns[at].Name, What: "column", Values: Column(rows.Features, at, rows.Columns.Length)));
        var targets = rows.Answer.Names.Select((name, at) => (Name: name, What: "the target", Values: Column(
            rows.Answer.Numbers, at, rows.Answer.Names.Count)));
        return columns.Concat(targets).Select(column => WildNumbers.Tell(
            $"{column.What} '{DisplayText.Shorten(column.Name)}'", column.Values, train, row => rows.At(row, column.Name)))
            .OfType<string>().Take(MostWild);
    }

    private double[] Column(double[] all, int at, int width) => [.. Enumerable.Range(0, Rows).Select(row => all[(row * width) + at])];
}
