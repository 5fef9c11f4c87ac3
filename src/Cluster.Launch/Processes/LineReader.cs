using System.Text;

namespace SearchCluster.Launch.Processes;

/// <summary>Reads lines of bounded length, whatever a process prints.</summary>
internal static class LineReader
{
    /// <summary>Longest line in characters; what follows until its end is left out.</summary>
    public const int LongestLine = 16 << 10;

    private const int BufferSize = 4 << 10;

    /// <summary>Reads until the end of the stream.</summary>
    /// <param name="reader">The stream.</param>
    /// <param name="line">Called for each line, in order; the last one may have no end.</param>
    public static async Task ReadAsync(TextReader reader, Action<string> line)
    {
        var buffer = new char[BufferSize];
        var current = new StringBuilder();
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            foreach (var c in buffer.AsSpan(0, count))
            {
                if (c == '\n')
                {
                    line(Take(current));
                }
                else if (current.Length < LongestLine)
                {
                    current.Append(c);
                }
            }
        }

        if (current.Length > 0)
        {
            line(Take(current));
        }
    }

    private static string Take(StringBuilder current)
    {
        var text = current.ToString().TrimEnd('\r');
        current.Clear();
        return text;
    }
}
