using System.Buffers.Binary;
using System.Text.Json;
using SearchCluster.Artifacts;

namespace SearchCluster.Models.Checkpoints;

/// <summary>Reads safetensors strictly: every rule of the format is checked before a byte of a tensor is used,
/// and no buffer is sized by the file.</summary>
internal static class SafeTensorsReader
{
    private const int MaximumHeaderBytes = 16 << 20;
    private const int MaximumTensors = 100_000;
    private const int MaximumRank = 16;
    private const int MaximumDepth = 8;
    private const long MaximumElements = 1L << 40;

    public static SafeTensorsFile Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < sizeof(ulong))
        {
            throw new ArtifactException(ModelCodes.TooShort, $"The tensors take {file.Length} bytes, too short for a header length.");
        }

        if (FileFormats.Binary(file.Span) is { } format)
        {
            throw new ArtifactException(
                ModelCodes.OtherKind, $"The file is {format}, no safetensors file. {FileFormats.HowToWeights(format)}.");
        }

        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (headerLength > MaximumHeaderBytes || headerLength > (ulong)(file.Length - sizeof(ulong)))
        {
            throw new ArtifactException(
                ModelCodes.TensorHeader,
                $"The header claims {headerLength} bytes, but at most {Math.Min(MaximumHeaderBytes, file.Length - sizeof(ulong))} are "
                    + $"possible.");
        }

        var header = file.Slice(sizeof(ulong), (int)headerLength);
        var data = file[(sizeof(ulong) + (int)headerLength)..];
        if (header.IsEmpty || header.Span[0] != (byte)'{')
        {
            throw new ArtifactException(ModelCodes.Malformed, "The header does not start with '{'.");
        }

        // Of a name that occurs twice, a tensor's has a code of its own.
        Refuse(JsonFault.Find(header.Span, MaximumDepth, allowsRepetition: true));
        RefuseTwins(header);
        Refuse(JsonFault.Find(header.Span, MaximumDepth));

        try
        {
            return Parse(header, data);
        }
        catch (Exception malformed) when (malformed is JsonException
            or InvalidOperationException
            or FormatException
            or KeyNotFoundException
            or IndexOutOfRangeException)
        {
            throw new ArtifactException(
                ModelCodes.Malformed,
                "The header is not the JSON of a safetensors file: each tensor needs dtype (a text), shape (a list of whole numbers) and "
                    + "data_offsets (two whole numbers), and the metadata hold texts.",
                malformed);
        }
    }

    private static void Refuse(JsonFault? fault)
    {
        if (fault is not null)
        {
            throw new ArtifactException(ModelCodes.Malformed, $"The header is not the JSON of a safetensors file: {fault.Sentence}");
        }
    }

    private static void RefuseTwins(ReadOnlyMemory<byte> header)
    {
        using var document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = MaximumDepth });
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in document.RootElement.EnumerateObject())
        {
            if (!names.Add(entry.Name))
            {
                throw new ArtifactException(ModelCodes.DuplicateTensor, $"The name '{Shorten(entry.Name)}' occurs twice in the header.");
            }
        }
    }

    private static SafeTensorsFile Parse(ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> data)
    {
        using var document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = MaximumDepth });
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var tensors = new List<(long Start, StoredTensor Tensor)>();
        foreach (var entry in document.RootElement.EnumerateObject())
        {
            if (entry.Name == SafeTensorsFile.MetadataKey)
            {
                foreach (var item in entry.Value.EnumerateObject())
                {
                    metadata[item.Name] = item.Value.GetString() ?? "";
                }
            }
            else if (tensors.Count == MaximumTensors)
            {
                throw new ArtifactException(ModelCodes.TooLarge, $"The file holds more than {MaximumTensors} tensors.");
            }
            else
            {
                tensors.Add(ReadTensor(entry, data));
            }
        }

        CheckCoverage(tensors, data.Length);
        return new(metadata, [.. tensors.Select(tensor => tensor.Tensor)]);
    }

    private static (long Start, StoredTensor Tensor) ReadTensor(JsonProperty entry, ReadOnlyMemory<byte> data)
    {
        var name = entry.Name;
        var typeName = entry.Value.GetProperty("dtype").GetString();
        if (!Enum.TryParse<StoredType>(typeName, out var type) || Enum.GetName(type) != typeName)
        {
            throw new ArtifactException(
                ModelCodes.TensorType,
                $"Tensor '{Shorten(name)}' has dtype '{Shorten(typeName ?? "null")}', but must be one of "
                    + $"{string.Join(", ", Enum.GetNames<StoredType>())}.");
        }

        var shape = ReadShape(name, entry.Value.GetProperty("shape"));
        var offsets = entry.Value.GetProperty("data_offsets");
        var (start, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        if (offsets.GetArrayLength() != 2 || start < 0 || end < start || end > data.Length)
        {
            throw new ArtifactException(
                ModelCodes.TensorOutside, $"Tensor '{Shorten(name)}' lies at {start} … {end}, outside the {data.Length} bytes of data.");
        }

        var bytes = shape.Aggregate(1L, (product, size) => product * size) * StoredTensor.SizeOf(type);
        return bytes == end - start
            ? (start, new StoredTensor(name, type, shape, data[(int)start..(int)end]))
            : throw new ArtifactException(
                ModelCodes.TensorSize, $"Tensor '{Shorten(name)}' needs {bytes} bytes by its shape, but has {end - start}.");
    }

    private static long[] ReadShape(string name, JsonElement element)
    {
        if (element.GetArrayLength() > MaximumRank)
        {
            throw new ArtifactException(
                ModelCodes.TooLarge,
                $"Tensor '{Shorten(name)}' has {element.GetArrayLength()} dimensions, but at most {MaximumRank} are read.");
        }

        var shape = element.EnumerateArray().Select(size => size.GetInt64()).ToArray();
        long product = 1;
        foreach (var size in shape)
        {
            if (size < 0 || size > MaximumElements || (product *= size) > MaximumElements)
            {
                throw new ArtifactException(
                    ModelCodes.TooLarge,
                    $"Tensor '{Shorten(name)}' has the shape [{string.Join(",", shape)}], more than {MaximumElements} elements.");
            }
        }

        return shape;
    }

    private static void CheckCoverage(List<(long Start, StoredTensor Tensor)> tensors, int length)
    {
        long expected = 0;
        foreach (var (start, tensor) in tensors.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.Tensor.Bytes.Length))
        {
            if (start != expected)
            {
                throw new ArtifactException(
                    ModelCodes.TensorPlaces,
                    $"Tensor '{Shorten(tensor.Name)}' starts at {start}, but the tensors must follow each other without overlap or gap "
                        + $"({expected}).");
            }

            expected += tensor.Bytes.Length;
        }

        if (expected != length)
        {
            throw new ArtifactException(
                ModelCodes.TensorPlaces, $"The tensors end at {expected}, but the file has {length} bytes of data.");
        }
    }

    private static string Shorten(string text) => DisplayText.Shorten(text);
}
