using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Storage;

/// <summary>Tensors whose bytes lie in a file that the operating system pages in and out, so that data may be larger than memory.</summary>
/// <remarks>
/// The file lies in <c>$TMPDIR</c>, else in <c>/var/tmp</c>, which unlike <c>/tmp</c> is never kept in memory. It is written in full before it is mapped, because a full disk
/// is an exception then and would be the end of the process later; and it is deleted as soon as it is mapped, so nothing stays behind however the process ends.
/// </remarks>
internal static class MappedTensor
{
    private const int MostRowsAtOnce = 1_024;
    private const long BytesAtOnce = 64 << 20;

    /// <summary>Makes a file that is not there yet.</summary>
    /// <returns>Its path.</returns>
    public static string NewFile()
    {
        var named = Environment.GetEnvironmentVariable("TMPDIR");
        var folder = !string.IsNullOrEmpty(named) ? named : !OperatingSystem.IsWindows() && Directory.Exists("/var/tmp") ? "/var/tmp" : Path.GetTempPath();
        return Path.Combine(folder, $"searchcluster-{Environment.ProcessId}-{Guid.NewGuid():N}.data");
    }

    /// <summary>Maps a file, read only in effect: what is written to the tensor stays in memory.</summary>
    /// <param name="file">A file of exactly the tensor's bytes; deleted.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="type">Its type.</param>
    /// <returns>A tensor on the host that belongs to no dispose scope.</returns>
    public static Tensor Map(string file, long[] shape, ScalarType type)
    {
        try
        {
            return from_file(file, shared: false, size: shape.Aggregate(1L, (product, size) => product * size), dtype: type).reshape(shape).DetachFromDisposeScope();
        }
        finally
        {
            Delete(file);
        }
    }

    /// <summary>Copies rows of a tensor into a file and maps it.</summary>
    /// <param name="source">Shape [rows, …], on the host.</param>
    /// <param name="rows">Numbers of the rows, in the order wanted.</param>
    /// <returns>Shape [rows of <paramref name="rows"/>, …]; belongs to no dispose scope.</returns>
    /// <exception cref="DataException">SC3017: the disk is full.</exception>
    public static Tensor Select(Tensor source, long[] rows) => Write(rows.Length, source, stream =>
    {
        foreach (var chunk in rows.Chunk(RowsAtOnce(source)))
        {
            using var scope = NewDisposeScope();
            stream.Write(source.index_select(0, tensor(chunk)).contiguous().bytes);
        }
    });

    /// <summary>Copies two tensors, one behind the other, into a file and maps it.</summary>
    /// <param name="first">Shape [rows, …], on the host.</param>
    /// <param name="second">The same but for the number of rows.</param>
    /// <returns>Shape [rows of both, …]; belongs to no dispose scope.</returns>
    /// <exception cref="DataException">SC3017: the disk is full.</exception>
    public static Tensor Join(Tensor first, Tensor second) => Write(first.size(0) + second.size(0), first, stream =>
    {
        foreach (var source in (Tensor[])[first, second])
        {
            for (long start = 0; start < source.size(0); start += RowsAtOnce(source))
            {
                using var scope = NewDisposeScope();
                stream.Write(source.narrow(0, start, Math.Min(RowsAtOnce(source), source.size(0) - start)).contiguous().bytes);
            }
        }
    });

    /// <summary>How many rows of a tensor are little enough to be held in memory as a copy.</summary>
    /// <param name="rows">Shape [rows, …].</param>
    public static int RowsAtOnce(Tensor rows) =>
        (int)Math.Clamp(BytesAtOnce / Math.Max(1, rows.numel() / Math.Max(1, rows.size(0)) * rows.element_size()), 1, MostRowsAtOnce);

    private static Tensor Write(long rows, Tensor like, Action<Stream> write)
    {
        var file = NewFile();
        try
        {
            using (var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
            }

            return Map(file, [rows, .. like.shape[1..]], like.dtype);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Delete(file);
            throw Full(file, refused);
        }
    }

    /// <summary>Says that a file could not be written.</summary>
    public static DataException Full(string file, Exception refused) =>
        new("SC3017", $"Data cannot be kept in {Path.GetDirectoryName(file)}: {refused.Message} Make room, set TMPDIR to a folder of another disk, or write data.storage: memory.", refused);

    // On Windows a mapped file cannot be deleted; it stays until somebody empties the folder.
    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception mapped) when (mapped is IOException or UnauthorizedAccessException)
        {
            // It is a temporary file.
        }
    }
}
