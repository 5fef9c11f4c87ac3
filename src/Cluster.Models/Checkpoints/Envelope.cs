using System.Buffers.Binary;
using System.Security.Cryptography;
using SearchCluster.Artifacts;

namespace SearchCluster.Models.Checkpoints;

/// <summary>What a file in the envelope is.</summary>
internal enum EnvelopeKind
{
    Checkpoint = 1,
    Model = 2,
}

/// <summary>
/// The frame around saved tensors: magic, version, kind, length of the payload, payload (safetensors), SHA-256 over everything
/// before it. A file is read and verified as a whole before any of it is used.
/// </summary>
/// <remarks>
/// <code>
/// offset 0   8 bytes  magic 93 'S' 'C' 'L' 'U' 0D 0A 1A  (a transfer that changes line ends breaks it)
///        8   4 bytes  version, 1
///       12   4 bytes  kind, 1 checkpoint, 2 model
///       16   8 bytes  length of the payload
///       24            payload
///     end-32 32 bytes SHA-256
/// </code>
/// Numbers are little-endian. The payload is limited to 2^31 - 1 bytes less the frame.
/// </remarks>
internal static class Envelope
{
    private const int HeadLength = 24;
    private const int HashLength = 32;
    private const uint Version = 1;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'S', (byte)'C', (byte)'L', (byte)'U', 0x0D, 0x0A, 0x1A];

    public static void Write(Stream stream, EnvelopeKind kind, SafeTensorsFile content)
    {
        var header = content.Header();
        Span<byte> head = stackalloc byte[HeadLength];
        Magic.CopyTo(head);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(head[12..], (uint)kind);
        BinaryPrimitives.WriteUInt64LittleEndian(head[16..], (ulong)SafeTensorsFile.Length(header.Length, content.Tensors));

        using var hashing = new HashingStream(stream);
        hashing.Write(head);
        SafeTensorsFile.Write(hashing, header, content.Tensors);
        stream.Write(hashing.Hash());
    }

    public static SafeTensorsFile Read(Stream stream, EnvelopeKind kind)
    {
        var file = ReadAll(stream);
        if (file.Length < Magic.Length || !file.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw file.Length < HeadLength + HashLength && !FileFormats.IsKnown(file)
                ? TooShort(file.Length)
                : new ArtifactException(
                    ModelCodes.OtherKind,
                    $"The file is not a SearchCluster {kind.ToString().ToLowerInvariant()}: it starts like {FileFormats.Recognise(file)}."
                        + $"{(FileFormats.Binary(file) is { } format ? $" {FileFormats.HowToWeights(format)}." : "")}");
        }

        if (file.Length < HeadLength + HashLength)
        {
            throw TooShort(file.Length);
        }

        CheckHead(file, kind);
        var claimed = file.AsSpan(file.Length - HashLength);
        var actual = SHA256.HashData(file.AsSpan(0, file.Length - HashLength));
        return actual.AsSpan().SequenceEqual(claimed)
            ? SafeTensorsReader.Read(file.AsMemory(HeadLength, file.Length - HeadLength - HashLength))
            : throw new ArtifactException(
                ModelCodes.Damaged,
                $"The file is damaged: its content has SHA-256 {Convert.ToHexStringLower(actual)}, but it says "
                    + $"{Convert.ToHexStringLower(claimed)}.");
    }

    private static void CheckHead(ReadOnlySpan<byte> file, EnvelopeKind kind)
    {
        var version = BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        if (version != Version)
        {
            throw new ArtifactException(
                ModelCodes.OtherVersion, $"The file has format version {version}, but this release reads version {Version}.");
        }

        var found = BinaryPrimitives.ReadUInt32LittleEndian(file[12..]);
        if (found != (uint)kind)
        {
            throw new ArtifactException(
                ModelCodes.OtherKind,
                $"The file is of kind {found}, but a {kind.ToString().ToLowerInvariant()} (kind {(uint)kind}) is expected.");
        }

        var payload = BinaryPrimitives.ReadUInt64LittleEndian(file[16..]);
        var present = (ulong)(file.Length - HeadLength - HashLength);
        if (payload < present)
        {
            throw new ArtifactException(
                ModelCodes.TooLong, $"The file has {present - payload} bytes more than it says ({payload} bytes of content).");
        }

        if (payload > present)
        {
            throw new ArtifactException(
                ModelCodes.TooShort, $"The file is too short: it says {payload} bytes of content, but holds {present}.");
        }
    }

    private static byte[] ReadAll(Stream stream)
    {
        // The buffer is sized by what is there, never by what a header claims.
        if (stream.Length > Array.MaxLength)
        {
            throw new ArtifactException(
                ModelCodes.TooLarge, $"The file has {stream.Length} bytes, but at most {Array.MaxLength} are read.");
        }

        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }

    private static ArtifactException TooShort(int length) =>
        new(
            ModelCodes.TooShort,
            $"The file has {length} bytes, too short for a saved model or checkpoint ({HeadLength + HashLength} bytes at least).");
}
