using System.Text;

namespace SearchCluster.Specs.Syntax;

/// <summary>Converts byte offsets of a JSON text into lines and columns.</summary>
internal sealed class JsonPlaces
{
    private readonly byte[] _bytes;
    private readonly List<int> _lineStarts = [0];

    /// <summary>Indexes the lines.</summary>
    /// <param name="bytes">The text, UTF-8.</param>
    public JsonPlaces(byte[] bytes)
    {
        _bytes = bytes;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>Finds the place of a byte.</summary>
    /// <param name="index">Its index; the end of the text counts.</param>
    /// <returns>Line and column from 1, columns in UTF-16 units as in YAML.</returns>
    public Position At(int index)
    {
        var found = _lineStarts.BinarySearch(index);
        var line = found >= 0 ? found : ~found - 1;
        var start = _lineStarts[line];
        return new Position(line + 1, Encoding.UTF8.GetCharCount(_bytes, start, Math.Min(index, _bytes.Length) - start) + 1);
    }
}
