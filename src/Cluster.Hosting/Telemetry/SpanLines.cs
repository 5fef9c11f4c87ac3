namespace SearchCluster.Hosting.Telemetry;

/// <summary>Reads the lines of a file one after the other, in a buffer of bounded size.</summary>
/// <param name="file">Where its first line begins, without a buffer of its own.</param>
internal sealed class SpanLines(FileStream file)
{
    private const int LeastBytes = 1 << 16;

    // No span is nearly as long; a file without an end of a line is none of ours.
    private const int MostBytes = 1 << 22;

    private byte[] _buffer = new byte[LeastBytes];
    private int _start;
    private int _searched;
    private int _end;
    private bool _isCut;
    private bool _isAtEnd;

    /// <summary>Where the next line begins in the file.</summary>
    public long Position { get; private set; } = file.Position;

    /// <summary>True when the line that was read last has an end.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">Its bytes without the end, until the next call; empty where it is longer than any span.</param>
    /// <returns>False at the end of the file.</returns>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            if (_buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n') is >= 0 and var length)
            {
                return Take(_searched + length, isWhole: true, out line);
            }

            _searched = _end;
            if (_isAtEnd)
            {
                return Take(_end, isWhole: false, out line) && (line.Length > 0 || _isCut);
            }

            Fill();
        }
    }

    private bool Take(int end, bool isWhole, out ReadOnlySpan<byte> line)
    {
        line = _isCut ? [] : _buffer.AsSpan(_start, end - _start);
        var next = isWhole ? end + 1 : end;
        Position += next - _start;
        (_start, _searched, _isCut, IsWhole) = (next, next, false, isWhole);
        return true;
    }

    private void Fill()
    {
        if (_end - _start == MostBytes)
        {
            Position += _end - _start;
            (_start, _end, _isCut) = (0, 0, true);
        }
        else if (_end - _start == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        else
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        _searched = _end;
        var count = file.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        _isAtEnd = count == 0;
    }
}
