using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Hosting.Wire;

/// <summary>Reads the JSON of a snapshot trial by trial, as it is unpacked.</summary>
/// <remarks>
/// A search of 100,000 trials has 70 MB of it. As one text in a growing buffer that is 200 MB of memory which recovery needs once and the
/// process keeps. Here a buffer holds one trial, or one member of the snapshot.
/// </remarks>
internal sealed class StreamedSnapshot
{
    private static readonly string TrialsName = JsonNamingPolicy.CamelCase.ConvertName(nameof(SearchSnapshot.Trials));
    private static readonly JsonTypeInfo<TrialSnapshot> TrialType = ContractsJsonContext.Default.TrialSnapshot;

    private readonly Stream _json;
    private readonly ImmutableArray<TrialSnapshot>.Builder _trials = ImmutableArray.CreateBuilder<TrialSnapshot>();
    private JsonReaderState _state;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    private StreamedSnapshot(Stream json) => _json = json;

    /// <summary>Reads a snapshot.</summary>
    /// <param name="json">Its JSON; read to the end.</param>
    /// <returns>The snapshot; null where the serializer has to judge what it is.</returns>
    /// <exception cref="JsonException">It is not the JSON of a snapshot.</exception>
    /// <exception cref="InvalidDataException">The stream is damaged.</exception>
    public static SearchSnapshot? TryRead(Stream json) => new StreamedSnapshot(json).TryRead();

    private SearchSnapshot? TryRead()
    {
        using var others = new MemoryStream();
        using (var writer = new Utf8JsonWriter(others))
        {
            if (!TryReadMembers(writer))
            {
                return null;
            }
        }

        var snapshot = JsonSerializer.Deserialize(
            others.GetBuffer().AsSpan(0, (int)others.Length), ContractsJsonContext.Default.SearchSnapshot);
        return snapshot is null ? null : snapshot with { Trials = new(_trials.DrainToImmutable()) };
    }

    // All members but the trials go to a small text, in which there are none.
    private bool TryReadMembers(Utf8JsonWriter others)
    {
        if (Next(out _) != JsonTokenType.StartObject)
        {
            return false;
        }

        others.WriteStartObject();
        var hasTrials = false;
        while (Next(out var name) == JsonTokenType.PropertyName)
        {
            // A name with escapes is none that a release wrote.
            var text = Encoding.UTF8.GetString(name[1..^1]);
            others.WritePropertyName(text);
            if (text == TrialsName)
            {
                if (hasTrials || Next(out _) != JsonTokenType.StartArray || !TryReadTrials())
                {
                    return false;
                }

                hasTrials = true;
                others.WriteRawValue("[]"u8);
            }
            else
            {
                Next(out var value, isWhole: true);
                others.WriteRawValue(value, skipInputValidation: true);
            }
        }

        others.WriteEndObject();
        return IsNothingLeft();
    }

    private bool TryReadTrials()
    {
        while (Next(out var trial, isWhole: true) is var token && token != JsonTokenType.EndArray)
        {
            if (token != JsonTokenType.StartObject)
            {
                return false;
            }

            _trials.Add(JsonSerializer.Deserialize(trial, TrialType)!);
        }

        return true;
    }

    // The next token, or with isWhole all of the value that begins there. What is given lies in the buffer until the next call.
    private JsonTokenType Next(out ReadOnlySpan<byte> json, bool isWhole = false)
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isAtEnd, _state);
            if (reader.Read())
            {
                var (token, first) = (reader.TokenType, (int)reader.TokenStartIndex);
                if (!isWhole || reader.TrySkip())
                {
                    var length = (int)reader.BytesConsumed;
                    json = token == JsonTokenType.PropertyName
                        ? _buffer.AsSpan(_start + first, reader.ValueSpan.Length + 2)
                        : _buffer.AsSpan(_start + first, length - first);
                    _start += length;
                    _state = reader.CurrentState;
                    return token;
                }
            }

            Fill();
        }
    }

    private void Fill()
    {
        if (_isAtEnd)
        {
            throw new JsonException("The text ends before the snapshot does.");
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        else if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var read = _json.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
    }

    // The checksum of what was packed stands at the end of the stream.
    private bool IsNothingLeft()
    {
        while (true)
        {
            if (_buffer.AsSpan(_start, _end - _start).IndexOfAnyExcept(" \t\r\n"u8) >= 0)
            {
                return false;
            }

            if (_isAtEnd)
            {
                return true;
            }

            _start = _end;
            Fill();
        }
    }
}
