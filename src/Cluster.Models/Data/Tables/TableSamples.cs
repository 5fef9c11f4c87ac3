using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Tables.Columns;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Tables;

/// <summary>Rows of a table with a class or numbers to answer.</summary>
/// <param name="rows">The rows.</param>
/// <param name="spec">How numbers are scaled and empty fields are filled; null for the defaults.</param>
internal sealed class TableSamples(TableRows rows, TableSpec? spec = null) : Samples(rows.Name)
{
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
            ?? ColumnScaling.Standard, spec?.Missing, spec?.MissingTexts, spec?.Unseen) with
        { Reading = rows.Reading };
        var features = preprocessing.Apply(known.Features);
        if (Array.FindIndex(features, value => !float.IsFinite(value)) is >= 0 and var bad)
        {
            throw new DataException(
                DataCodes.NumberOutOfRange,
                $"{Name}: column '{DisplayText.Shorten(preprocessing.ColumnOf(bad % preprocessing.Width))}' is not finite after scaling; rescale it.");
        }

        var inputs = tensor(features, [Rows, preprocessing.Width]);
        var shape = new DataShape(
            [preprocessing.Width], TargetKind.Class, preprocessing.Columns, rows.Answer.ClassLabels, [], ClassColumn: rows.Answer.Column);
        List<string> warnings =
        [
            .. rows.Warnings,
            .. preprocessing.Warn(Name, known.Features, train),
            .. rows.Columns.Select(column => column.Warning).OfType<string>(),
            .. spec?.Unseen is { } unseen ? known.Warn(rows, train, unseen) : [],
        ];
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
}
