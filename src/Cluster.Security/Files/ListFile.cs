using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SearchCluster.Security.Files;

/// <summary>A list in a JSON file that other processes may change: each look reads it, and only a change is understood anew.</summary>
/// <typeparam name="T">An entry.</typeparam>
/// <param name="path">The file; where there is none, the list is empty.</param>
/// <param name="type">How entries are written.</param>
/// <param name="code">Of the refusal.</param>
internal sealed class ListFile<T>(string path, JsonTypeInfo<T[]> type, string code)
{
    private readonly Lock _gate = new();
    private byte[]? _content;
    private T[] _entries = [];

    /// <summary>Where it lies.</summary>
    public string FilePath => path;

    /// <summary>Reads the entries.</summary>
    /// <returns>Those of this moment.</returns>
    /// <exception cref="TrustException">The file cannot be read, or holds something else: only none is an empty list.</exception>
    public T[] Read()
    {
        lock (_gate)
        {
            var content = SecurityFile.TryRead(path, code);
            if (content is null)
            {
                _entries = [];
            }
            else if (_content is null || !content.AsSpan().SequenceEqual(_content))
            {
                _entries = Parse(content);
            }

            _content = content;
            return _entries;
        }
    }

    /// <summary>Replaces the entries; the caller holds the folder's lock.</summary>
    /// <param name="entries">All of them.</param>
    public void Write(T[] entries) => SecurityFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(entries, type), code);

    private T[] Parse(byte[] content)
    {
        try
        {
            return JsonMisfit.Read(content, type, "the list", isStrict: true)!;
        }
        catch (JsonException refused)
        {
            throw new TrustException(
                code,
                $"{path} is not the list that it should be: {refused.Message} Put it back from a copy.",
                refused);
        }
    }
}
