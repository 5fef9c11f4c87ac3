namespace SearchCluster.Specs.Syntax;

/// <summary>A place in a file.</summary>
/// <param name="Line">From 1; 0 for no place.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Source">What to name instead of the file (an override), or null.</param>
internal readonly record struct Position(int Line, int Column, string? Source = null)
{
    /// <summary>Where a file starts.</summary>
    public static Position Start { get; } = new(1, 1);
}

/// <summary>One value of a file, the same for YAML and JSON.</summary>
/// <param name="at">Where it starts.</param>
internal abstract class SpecNode(Position at)
{
    /// <summary>Where it starts.</summary>
    public Position At { get; } = at;
}

/// <summary>How a scalar was written.</summary>
internal enum ScalarStyle
{
    /// <summary>Without quotes: may be a number, true, false or null.</summary>
    Plain,

    /// <summary>In quotes or as a block: always text.</summary>
    Quoted,

    /// <summary>On a command line, where quotes are the shell's: text where text is wanted, a number where a number is.</summary>
    Bare,
}

/// <summary>A number, a truth value, a text or nothing.</summary>
/// <param name="at">Where it starts.</param>
/// <param name="text">Its characters, escapes resolved.</param>
/// <param name="style">How it was written.</param>
internal sealed class ScalarNode(Position at, string text, ScalarStyle style) : SpecNode(at)
{
    /// <summary>Its characters, escapes resolved.</summary>
    public string Text { get; } = text;

    /// <summary>How it was written.</summary>
    public ScalarStyle Style { get; } = style;
}

/// <summary>A list.</summary>
/// <param name="at">Where it starts.</param>
internal sealed class SequenceNode(Position at) : SpecNode(at)
{
    /// <summary>Its elements.</summary>
    public List<SpecNode> Items { get; } = [];
}

/// <summary>A mapping; its keys are distinct.</summary>
/// <param name="at">Where it starts.</param>
internal sealed class MappingNode(Position at) : SpecNode(at)
{
    /// <summary>Its entries in the order of the file.</summary>
    public List<MappingEntry> Entries { get; } = [];

    /// <summary>Looks a key up.</summary>
    /// <returns>Its entry, or null.</returns>
    public MappingEntry? Find(string key) => Entries.Find(entry => entry.Key.Text == key);
}

/// <summary>A key and its value.</summary>
internal sealed record MappingEntry(ScalarNode Key, SpecNode Value);
