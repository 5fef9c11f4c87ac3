using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Insight.Traces;

/// <summary>The spans of a trace in order of their start: what the tree and the summary need in memory, all else in a file.</summary>
/// <remarks>A span has about 60 bytes in memory, and some hundreds in the file. Not thread-safe.</remarks>
/// <param name="spill">Makes the file, when the spans are more than memory should hold; disposed with this.</param>
public sealed class TraceSpans(Func<Stream> spill) : IDisposable
{
    private const int MostBytesInMemory = 4 << 20;

    private readonly List<TraceEntry> _entries = [];
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly MemoryStream _line = new();
    private Stream _content = new MemoryStream();
    private bool _isSpilled;
    private long _written;
    private bool _isOrdered = true;

    /// <summary>How many there are.</summary>
    public int Count => Entries.Count;

    /// <summary>In order of their start, each once.</summary>
    internal IReadOnlyList<TraceEntry> Entries
    {
        get
        {
            if (!_isOrdered)
            {
                Order();
            }

            return _entries;
        }
    }

    /// <summary>Reads one.</summary>
    /// <param name="index">Its place in the order of their start.</param>
    public SpanView this[int index]
    {
        get
        {
            var entry = Entries[index];
            var json = new byte[entry.Length];
            _content.Position = entry.Offset;
            _content.ReadExactly(json);
            return JsonSerializer.Deserialize(json, ContractsJsonContext.Default.SpanView)!;
        }
    }

    /// <summary>Adds one, in any order.</summary>
    /// <param name="span">One that was written twice counts once.</param>
    public void Add(SpanView span)
    {
        ArgumentNullException.ThrowIfNull(span);
        _line.SetLength(0);
        JsonSerializer.Serialize(_line, span, ContractsJsonContext.Default.SpanView);
        if (!_isSpilled && _written + _line.Length > MostBytesInMemory)
        {
            Spill();
        }

        _content.Position = _written;
        _content.Write(_line.GetBuffer().AsSpan(0, (int)_line.Length));
        _entries.Add(new(
            span.StartedAt.UtcTicks,
            IdOf(span.SpanId),
            span.ParentSpanId is { } parent ? IdOf(parent) : null,
            span.Duration.Ticks,
            NumberOf(span.Name),
            span.IsError,
            _written,
            (int)_line.Length));
        _written += _line.Length;
        _isOrdered = false;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _content.Dispose();
        _line.Dispose();
    }

    /// <summary>A name of spans.</summary>
    internal string NameOf(int number) => _names[number];

    private int NumberOf(string name)
    {
        if (!_numbers.TryGetValue(name, out var number))
        {
            _numbers[name] = number = _names.Count;
            _names.Add(name);
        }

        return number;
    }

    // As W3C writes ids; others, which no process of ours writes, are told apart by a hash.
    private static ulong IdOf(string id) =>
        id.Length == 16 && ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private void Order()
    {
        _entries.Sort((a, b) => a.StartedAt.CompareTo(b.StartedAt) is not 0 and var order ? order : a.Id.CompareTo(b.Id));
        var seen = new HashSet<ulong>(_entries.Count);
        _entries.RemoveAll(entry => !seen.Add(entry.Id));
        _isOrdered = true;
    }

    private void Spill()
    {
        var memory = _content;
        (_content, _isSpilled) = (spill(), true);
        memory.Position = 0;
        memory.CopyTo(_content);
        memory.Dispose();
    }
}

/// <summary>What the tree and the summary need of a span.</summary>
/// <param name="StartedAt">Ticks of the universal time.</param>
/// <param name="Id">Of the span.</param>
/// <param name="Parent">Its parent's; null for none.</param>
/// <param name="Duration">Ticks.</param>
/// <param name="Name">The number of its name.</param>
/// <param name="IsError">Whether it failed.</param>
/// <param name="Offset">Where its text begins.</param>
/// <param name="Length">Bytes of its text.</param>
internal readonly record struct TraceEntry(
    long StartedAt, ulong Id, ulong? Parent, long Duration, int Name, bool IsError, long Offset, int Length);
