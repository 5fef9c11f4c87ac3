using static TorchSharp.torch;

namespace SearchCluster.Models.Data;

/// <summary>One part of a data set on its device, shared by all trials and never written.</summary>
/// <param name="Inputs">What is known of each row, shape [rows, …]: float32 as the network sees it, uint8 for images (see <see cref="DataSet.Prepare"/>), int64 for symbols.</param>
/// <param name="Targets">What is to be answered: classes, int64 [rows]; scaled numbers, float32 [rows, outputs]; masks, int64 [rows, height, width] with -1 for void.</param>
/// <param name="Rows">Number of rows.</param>
public sealed record DataPart(Tensor Inputs, Tensor Targets, int Rows)
{
    /// <summary>Puts the rows of another part behind these.</summary>
    /// <param name="other">The other part.</param>
    /// <returns>A copy that belongs to no dispose scope, on the same device.</returns>
    internal DataPart Join(DataPart other) =>
        new(cat([Inputs, other.Inputs]).DetachFromDisposeScope(), cat([Targets, other.Targets]).DetachFromDisposeScope(), Rows + other.Rows);

    /// <summary>Divides the rows into parts of some rows each, without a copy.</summary>
    /// <param name="size">Most rows of a part.</param>
    /// <returns>The parts in order; their tensors are of the caller's dispose scope.</returns>
    internal IEnumerable<DataPart> Chunks(int size)
    {
        for (var start = 0; start < Rows; start += size)
        {
            var rows = Math.Min(size, Rows - start);
            yield return new(Inputs.narrow(0, start, rows), Targets.narrow(0, start, rows), rows);
        }
    }

    /// <summary>Takes some rows.</summary>
    /// <param name="rows">Numbers of the rows, in the order wanted; a number may occur more than once.</param>
    /// <returns>A copy that belongs to no dispose scope, on the same device.</returns>
    internal DataPart Take(long[] rows)
    {
        using var scope = NewDisposeScope();
        var index = tensor(rows).to(Inputs.device);
        return new(
            Inputs.index_select(0, index).DetachFromDisposeScope(),
            Targets.index_select(0, index).DetachFromDisposeScope(),
            rows.Length);
    }
}
