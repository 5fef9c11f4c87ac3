using SearchCluster.Models.Data.Preprocessing;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data;

/// <summary>Rows of numbers with a class each.</summary>
/// <param name="rows">The rows.</param>
internal sealed class TableSamples(LabelledRows rows) : Samples(rows.Name)
{
    /// <summary>The rows as read.</summary>
    public LabelledRows Table => rows;

    public override int Rows => rows.Classes.Length;

    public override IReadOnlyList<int> Strata => rows.Classes;

    public override FittedSamples Fit(int[] train)
    {
        var (preprocessing, features, warnings) = TablePreprocessing.FitAndApply(Name, rows.Columns, rows.Features, train);
        return new(
            DataShape.OfTable(rows.Columns, rows.ClassLabels),
            preprocessing,
            tensor(features, [Rows, rows.Columns.Count]),
            tensor(rows.Classes.Select(k => (long)k).ToArray()),
            TargetScaling.None,
            warnings);
    }
}
