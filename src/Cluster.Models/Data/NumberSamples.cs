using SearchCluster.Models.Data.Preprocessing;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data;

/// <summary>Rows of numbers with a number to answer each.</summary>
/// <param name="rows">The rows.</param>
internal sealed class NumberSamples(NumberRows rows) : Samples(rows.Name)
{
    public override int Rows => rows.Targets.Length;

    public override FittedSamples Fit(int[] train)
    {
        var (preprocessing, features, warnings) = TablePreprocessing.FitAndApply(Name, rows.Columns, rows.Features, train);
        var targets = tensor(rows.Targets, [Rows, 1]);
        var scaling = TargetScaling.Fit(targets.index_select(0, tensor(Array.ConvertAll(train, row => (long)row))));
        return new(
            new([rows.Columns.Count], TargetKind.Numbers, rows.Columns, [], [rows.TargetName]),
            preprocessing,
            tensor(features, [Rows, rows.Columns.Count]),
            scaling.Apply(targets),
            scaling,
            warnings);
    }
}
