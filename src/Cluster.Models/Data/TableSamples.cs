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
        var columns = rows.Columns.Count;
        var preprocessing = TablePreprocessing.Fit(rows.Columns, rows.Features, train);
        var features = new float[rows.Features.Length];
        for (var i = 0; i < features.Length; i++)
        {
            var value = preprocessing.Apply(rows.Features[i], i % columns);
            features[i] = float.IsFinite(value)
                ? value
                : throw new DataException("SC3005", $"{Name}: column '{DisplayText.Shorten(rows.Columns[i % columns])}' is not finite after scaling; rescale it.");
        }

        var constant = TablePreprocessing.Constant(columns, rows.Features, train).Select(column => DisplayText.Shorten(rows.Columns[column])).ToList();
        ValueArray<string> warnings = constant.Count == 0 ? [] : [$"{Name}: {constant.Count} feature(s) are constant in the training part and carry nothing: {string.Join(", ", constant.Take(10))}."];
        return new(
            DataShape.OfTable(rows.Columns, rows.ClassLabels),
            preprocessing,
            tensor(features, [Rows, columns]),
            tensor(rows.Classes.Select(k => (long)k).ToArray()),
            TargetScaling.None,
            warnings);
    }
}
