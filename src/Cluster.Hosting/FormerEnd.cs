namespace SearchCluster.Hosting;

/// <summary>How a launcher tells a process that it starts again how the one before it ended: by a variable of its environment, which no
/// other process ever sees.</summary>
public static class FormerEnd
{
    /// <summary>The first line says how it ended, the others are the last that it printed.</summary>
    public const string Variable = "SEARCHCLUSTER_FORMER_END";

    /// <summary>Makes the value for a process that is started again.</summary>
    /// <param name="how">How the one before it ended, as the end of a sentence.</param>
    /// <param name="lastLines">What it printed last, oldest first; the oldest go where there are too many.</param>
    public static string Write(string how, IReadOnlyList<string> lastLines)
    {
        ArgumentNullException.ThrowIfNull(lastLines);
        var kept = new LinkedList<string>();
        var room = FormerProcess.MaximumLinesBytes;
        foreach (var line in lastLines.Reverse())
        {
            // No variable can hold a zero character.
            var shown = ForeignText.OneLine(line, FormerProcess.MaximumLinesBytes / 4);
            room -= System.Text.Encoding.UTF8.GetByteCount(shown) + 1;
            if (room < 0)
            {
                break;
            }

            kept.AddFirst(shown);
        }

        return string.Join('\n', kept.Prepend(ForeignText.OneLine(how, FormerProcess.MaximumHow)));
    }

    /// <summary>Reads what the launcher told, and takes it out of the environment, so that no program of a workload inherits it.</summary>
    /// <returns>Null where nobody told anything.</returns>
    public static FormerProcess? Read()
    {
        var text = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return Parse(text);
    }

    /// <summary>Reads a value.</summary>
    /// <param name="text">The value; null for none.</param>
    public static FormerProcess? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var lines = text.Split('\n', 2);
        return new(lines[0], lines.Length > 1 ? lines[1] : null);
    }
}
