using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using SearchCluster.Models.Checkpoints;

namespace SearchCluster.Models.Data.Files;

/// <summary>What a file is by its first bytes, whatever its name says: the one place that tells tables and texts from pictures, IDX files
/// and other formats.</summary>
/// <param name="Sort">How readers look at it.</param>
/// <param name="Name">For people, for example <c>a PNG image</c>.</param>
/// <param name="IsPacked">True where that is what a gzip unpacks to.</param>
internal sealed record FileKind(FileSort Sort, string Name, bool IsPacked)
{
    /// <summary>True for an IDX file of images, as MNIST has them.</summary>
    public bool HasIdxImages { get; private init; }

    /// <summary>Bytes that are enough to tell.</summary>
    public const int HeadBytes = 4096;

    private const int IdxHeader = 4, UnpackedBytes = 512;

    /// <summary>What becomes of a picture that is packed.</summary>
    public const string Unpack = "unpack it first, for example with gunzip";

    /// <summary>What becomes of an IDX file alone.</summary>
    public const string WithLabels =
        "IDX images are read with their labels, from a folder "
            + "or archive that holds train-images-idx3-ubyte and train-labels-idx1-ubyte (or .gz)";

    /// <summary>Looks at the beginning of a file.</summary>
    /// <param name="start">Its first bytes, or all of them.</param>
    /// <returns>Null for what may be a table or a text, and for what is not known.</returns>
    public static FileKind? Of(ReadOnlySpan<byte> start)
    {
        if (!WholeGzip.Fits(start))
        {
            return Plain(start);
        }

        return Plain(Inner(start[..Math.Min(start.Length, HeadBytes)])) is { } inner
            ? inner with { Name = $"{inner.Name} in a gzip", IsPacked = true }
            : null;
    }

    private static FileKind? Plain(ReadOnlySpan<byte> start) =>
        FileFormats.Picture(start) is { } picture ? new(FileSort.Picture, picture, IsPacked: false)
        : FileFormats.UnreadPicture(start) is { } unread ? new(FileSort.UnreadPicture, unread, IsPacked: false)
        : IdxName(start) is { } idx ? new(FileSort.Idx, idx, IsPacked: false) { HasIdxImages = start is [0, 0, 8, 3, ..] }
        : FileFormats.Binary(start) is { } other ? new(FileSort.Other, other, IsPacked: false)
        : null;

    // Two zeros, a type, the number of dimensions, and each of them as four bytes.
    private static string? IdxName(ReadOnlySpan<byte> start)
    {
        if (start is not [0, 0, >= 8 and <= 14, >= 1 and <= 4, ..] || start.Length < IdxHeader * (start[3] + 1))
        {
            return null;
        }

        var sizes = new int[start[3]];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(start[(IdxHeader * (i + 1))..]);
        }

        return Array.Exists(sizes, size => size <= 0) ? null
            : start[2] != 8 ? $"an IDX file of {string.Join(" × ", sizes)} numbers that are no bytes"
            : sizes.Length == 1 ? string.Create(CultureInfo.InvariantCulture, $"an IDX file of {sizes[0]} labels")
            : sizes.Length == 3 ? string.Create(
                CultureInfo.InvariantCulture, $"an IDX file of {sizes[0]} images of {sizes[1]} × {sizes[2]}")
            : $"an IDX file of {string.Join(" × ", sizes)} numbers";
    }

    // Who reads all of it says what is wrong with a damaged one.
    private static byte[] Inner(ReadOnlySpan<byte> packed)
    {
        try
        {
            using var plain = new GZipStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
            var head = new byte[UnpackedBytes];
            return head[..plain.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}

/// <summary>Kinds of files that readers tell apart.</summary>
internal enum FileSort
{
    /// <summary>A picture of a format that is read.</summary>
    Picture,

    /// <summary>A picture of another format.</summary>
    UnreadPicture,

    /// <summary>Images or labels as MNIST has them.</summary>
    Idx,

    /// <summary>Any other format that is known and is neither table nor text.</summary>
    Other,
}
