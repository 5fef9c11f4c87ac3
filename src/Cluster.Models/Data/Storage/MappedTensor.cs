using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Storage;

/// <summary>Tensors whose bytes lie in a file that the operating system pages in and out, so that data may be larger than memory.</summary>
/// <remarks>A file is written in full before it is mapped: a full disk is an exception then, and would be the
/// end of the process later.</remarks>
internal static class MappedTensor
{
    private const int MostRowsAtOnce = 1_024;
    private const long BytesAtOnce = 64 << 20;

    /// <summary>Maps a file, read only in effect: what is written to the tensor stays in memory.</summary>
    /// <param name="file">A file of exactly the tensor's bytes; the caller disposes it.</param>
    /// <param name="shape">Sizes of its dimensions.</param>
    /// <param name="type">What its numbers are.</param>
    /// <returns>A tensor on the host that belongs to no dispose scope.</returns>
    public static Tensor Map(ScratchFile file, long[] shape, ScalarType type) =>
        file.Open(name => from_file(name, shared: false, size: shape.Aggregate(1L, (product, size) => product * size), dtype: type)
            .reshape(shape)
            .DetachFromDisposeScope());

    /// <summary>Copies rows of a tensor into a file and maps it.</summary>
    /// <param name="source">Shape [rows, …], on the host.</param>
    /// <param name="rows">Numbers of the rows, in the order wanted.</param>
    /// <returns>Shape [rows of <paramref name="rows"/>, …]; belongs to no dispose scope.</returns>
    /// <exception cref="DataException">SC3017: the disk is full.</exception>
    public static Tensor Select(Tensor source, long[] rows)
    {
        using var file = new ScratchFile();
        foreach (var chunk in rows.Chunk(RowsAtOnce(source)))
        {
            using var scope = NewDisposeScope();
            file.Write(source.index_select(0, tensor(chunk)).contiguous().bytes);
        }

        return Map(file, [rows.Length, .. source.shape[1..]], source.dtype);
    }

    /// <summary>Copies two tensors, one behind the other, into a file and maps it.</summary>
    /// <param name="first">Shape [rows, …], on the host.</param>
    /// <param name="second">The same but for the number of rows.</param>
    /// <returns>Shape [rows of both, …]; belongs to no dispose scope.</returns>
    /// <exception cref="DataException">SC3017: the disk is full.</exception>
    public static Tensor Join(Tensor first, Tensor second)
    {
        using var file = new ScratchFile();
        foreach (var source in (Tensor[])[first, second])
        {
            var rows = RowsAtOnce(source);
            for (long start = 0; start < source.size(0); start += rows)
            {
                using var scope = NewDisposeScope();
                file.Write(source.narrow(0, start, Math.Min(rows, source.size(0) - start)).contiguous().bytes);
            }
        }

        return Map(file, [first.size(0) + second.size(0), .. first.shape[1..]], first.dtype);
    }

    /// <summary>How many rows of a tensor are little enough to be held in memory as a copy.</summary>
    /// <param name="rows">Shape [rows, …].</param>
    public static int RowsAtOnce(Tensor rows) =>
        (int)Math.Clamp(BytesAtOnce / Math.Max(1, rows.numel() / Math.Max(1, rows.size(0)) * rows.element_size()), 1, MostRowsAtOnce);
}
