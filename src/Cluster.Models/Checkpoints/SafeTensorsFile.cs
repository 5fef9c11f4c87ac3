using System.Buffers.Binary;
using System.Text.Json;

namespace SearchCluster.Models.Checkpoints;

/// <summary>The safetensors layout: 8 bytes of header length, a JSON header, then the tensors without gaps.</summary>
/// <param name="Metadata">Texts by name.</param>
/// <param name="Tensors">Tensors by name, in the order of the file.</param>
internal sealed record SafeTensorsFile(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<StoredTensor> Tensors)
{
    public const string MetadataKey = "__metadata__";

    /// <summary>Writes the file; the number of bytes is <see cref="Length"/>.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> header, IReadOnlyList<StoredTensor> tensors)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in tensors)
        {
            stream.Write(tensor.Bytes.Span);
        }
    }

    public static long Length(int headerLength, IReadOnlyList<StoredTensor> tensors) =>
        sizeof(ulong) + headerLength + tensors.Sum(t => (long)t.Bytes.Length);

    /// <summary>Makes the JSON header, padded with spaces to a multiple of 8 so that the tensors are aligned.</summary>
    public byte[] Header()
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (name, text) in Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                json.WriteString(name, text);
            }

            json.WriteEndObject();
            WriteTensors(json);
            json.WriteEndObject();
        }

        while (memory.Length % sizeof(ulong) != 0)
        {
            memory.WriteByte((byte)' ');
        }

        return memory.ToArray();
    }

    private void WriteTensors(Utf8JsonWriter json)
    {
        long offset = 0;
        foreach (var tensor in Tensors)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.ToString());
            json.WriteStartArray("shape");
            foreach (var size in tensor.Shape)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            json.WriteNumberValue(offset += tensor.Bytes.Length);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
