using SearchCluster.Models.Data.Storage;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data;

/// <summary>One part of a data set, shared by all trials and never written.</summary>
/// <param name="Inputs">What is known of each row, shape [rows, …]: float32 as the network sees it, uint8 for images (see
/// <see cref="DataSet.Prepare"/>), int64 for symbols.</param>
/// <param name="Targets">What is to be answered: classes, int64 [rows]; scaled numbers, float32 [rows, outputs]; masks, int16 [rows,
/// height, width] with -1 for void, which a batch has as int64.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Storage">Memory: on the device of the data set. Disk: on the host, in files.</param>
public sealed record DataPart(Tensor Inputs, Tensor Targets, int Rows, DataStorage Storage = DataStorage.Memory)
{
    /// <summary>Takes rows of tensors.</summary>
    /// <param name="inputs">As <see cref="Inputs"/>.</param>
    /// <param name="targets">As <see cref="Targets"/>.</param>
    /// <param name="rows">Numbers of the rows, in the order wanted; a number may occur more than once.</param>
    /// <param name="device">Where the rows go, unless they are kept on disk.</param>
    /// <param name="storage">Where they are kept.</param>
    /// <returns>A copy that belongs to no dispose scope.</returns>
    /// <exception cref="DataException">SC3017: the disk is full.</exception>
    internal static DataPart Of(Tensor inputs, Tensor targets, long[] rows, Device device, DataStorage storage)
    {
        if (storage == DataStorage.Disk)
        {
            return new(MappedTensor.Select(inputs, rows), MappedTensor.Select(targets, rows), rows.Length, storage);
        }

        using var scope = NewDisposeScope();
        var index = tensor(rows).to(inputs.device);
        return new(
            inputs.index_select(0, index).to(device).DetachFromDisposeScope(),
            targets.index_select(0, index).to(device).DetachFromDisposeScope(),
            rows.Length);
    }

    /// <summary>Puts the rows of another part behind these.</summary>
    /// <param name="other">The other part.</param>
    /// <returns>A copy that belongs to no dispose scope, stored as this one is.</returns>
    internal DataPart Join(DataPart other)
    {
        if (Storage == DataStorage.Disk)
        {
            return new(MappedTensor.Join(Inputs, other.Inputs), MappedTensor.Join(Targets, other.Targets), Rows + other.Rows, Storage);
        }

        return new(
            cat([Inputs, other.Inputs]).DetachFromDisposeScope(),
            cat([Targets, other.Targets]).DetachFromDisposeScope(),
            Rows + other.Rows);
    }

    /// <summary>Divides the rows into parts of some rows each, without a copy.</summary>
    /// <param name="size">Most rows of a part.</param>
    /// <returns>The parts in order; their tensors are of the caller's dispose scope.</returns>
    internal IEnumerable<DataPart> Chunks(int size)
    {
        for (var start = 0; start < Rows; start += size)
        {
            var rows = Math.Min(size, Rows - start);
            yield return new(Inputs.narrow(0, start, rows), Targets.narrow(0, start, rows), rows, Storage);
        }
    }

    /// <summary>Takes some rows.</summary>
    /// <param name="rows">Numbers of the rows, in the order wanted; a number may occur more than once.</param>
    /// <returns>A copy that belongs to no dispose scope, stored as this one is.</returns>
    internal DataPart Take(long[] rows) => Of(Inputs, Targets, rows, Inputs.device, Storage);
}
