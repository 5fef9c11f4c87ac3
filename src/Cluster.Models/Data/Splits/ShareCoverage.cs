using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Storage;
using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Splits;

/// <summary>Finds what some of the training rows lack that all of them have: classes, and categories of columns, of which a model that
/// learns from those rows keeps weights of chance.</summary>
internal static class ShareCoverage
{
    private const int Shown = 3;

    /// <summary>Compares a share with all training rows.</summary>
    /// <param name="all">The data set.</param>
    /// <param name="share">The same with some of its training rows.</param>
    /// <returns>A name for each class and category that the share lacks.</returns>
    public static IReadOnlyList<string> Missing(DataSet all, DataSet share)
    {
        var (before, after) = (all.TrainClassCounts(), share.TrainClassCounts());
        var classes = Enumerable.Range(0, before.Length)
            .Where(k => before[k] > 0 && after[k] == 0)
            .Select(k => $"class '{DisplayText.Shorten(all.Shape.ClassLabels[k])}'");
        if (all.Preprocessing is not TablePreprocessing { Categories: not null } columns)
        {
            return [.. classes];
        }

        var (known, kept) = (Used(all.Train), Used(share.Train));
        var lost = Enumerable.Range(0, known.Length).Where(at => known[at] && !kept[at]);
        return [.. classes, .. lost.Select(columns.CategoryAt).OfType<string>()];
    }

    /// <summary>Lists the first of some names.</summary>
    public static string List(IReadOnlyList<string> names) =>
        $"{string.Join(", ", names.Take(Shown))}{(names.Count > Shown ? ", …" : "")}";

    // Which inputs are not 0 in some row.
    private static bool[] Used(DataPart part)
    {
        var used = new bool[part.Inputs.size(1)];
        foreach (var chunk in part.Chunks(MappedTensor.RowsAtOnce(part.Inputs)))
        {
            using var scope = NewDisposeScope();
            var here = chunk.Inputs.ne(Scalars.Of(0.0)).any(0).cpu().data<bool>().ToArray();
            for (var at = 0; at < used.Length; at++)
            {
                used[at] |= here[at];
            }
        }

        return used;
    }
}
