using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Syntax;

/// <summary>Builds the node tree from the events of either parser and enforces the limits on the way; no recursion.</summary>
/// <param name="problems">Gets the problems.</param>
internal sealed class TreeBuilder(ProblemList problems)
{
    private readonly Stack<Frame> _open = new();
    private int _nodes;

    /// <summary>The finished value of the whole file, or null.</summary>
    public SpecNode? Root { get; private set; }

    /// <summary>True when reading must stop: a limit is passed or the form is not ours.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Where the innermost list or mapping in brackets was opened, with its bracket; null outside of brackets.</summary>
    public (Position At, char Bracket)? InnermostBracket =>
        _open.TryPeek(out var frame) && frame.Bracket is { } bracket ? (frame.Node.At, bracket) : null;

    /// <summary>How many lists and mappings are open.</summary>
    public int Depth => _open.Count;

    /// <summary>Stops with an error.</summary>
    /// <param name="code">One of <see cref="SpecCodes"/>.</param>
    /// <param name="at">The place.</param>
    /// <param name="message">Subject, actual value, rule.</param>
    /// <param name="help">The next step.</param>
    public void Fail(string code, Position at, string message, string? help)
    {
        problems.Error(code, at, "", message, help);
        HasFailed = true;
    }

    /// <summary>Takes a scalar, which is a key where a key is due.</summary>
    public void Scalar(ScalarNode scalar)
    {
        if (SourceText.FindControl(scalar.Text) is >= 0 and var index)
        {
            var name = Display.CodePoint(new System.Text.Rune(scalar.Text[index]));
            Fail(SpecCodes.BadBytes, scalar.At, $"an escape stands for the control character {name}", "remove it; a spec is plain text");
        }
        else if (Count(scalar.At) && _open.TryPeek(out var frame) && frame is { Node: MappingNode, Key: null })
        {
            TakeKey(frame, scalar);
        }
        else if (!HasFailed)
        {
            Place(scalar);
        }
    }

    /// <summary>Opens a list or a mapping.</summary>
    /// <param name="node">An empty one.</param>
    /// <param name="bracket">Its bracket; null for one made by indentation.</param>
    public void Open(SpecNode node, char? bracket)
    {
        if (!Count(node.At))
        {
            return;
        }

        if (_open.Count == SpecLimits.Depth)
        {
            TooDeep(node.At);
        }
        else if (_open.TryPeek(out var frame) && frame is { Node: MappingNode, Key: null })
        {
            Fail(SpecCodes.Syntax, node.At, "a key must be plain text, not a list or a mapping", "write `key: value`");
        }
        else
        {
            _open.Push(new Frame(node, bracket));
        }
    }

    /// <summary>Stops because of the depth.</summary>
    /// <param name="at">The first bracket, dash or key that is too deep.</param>
    public void TooDeep(Position at) =>
        Fail(SpecCodes.TooComplex, at, $"nested deeper than {SpecLimits.Depth} levels", "a spec needs five levels at most");

    /// <summary>Closes the innermost list or mapping.</summary>
    public void Close() => Place(_open.Pop().Node);

    private bool Count(Position at)
    {
        if (++_nodes > SpecLimits.Nodes)
        {
            Fail(
                SpecCodes.TooComplex,
                at,
                $"more than {SpecLimits.Nodes:#,0} keys and values",
                "a spec describes a search; data belong in files of their own");
        }

        return !HasFailed;
    }

    private void TakeKey(Frame frame, ScalarNode key)
    {
        if (key is { Text: "<<", Style: ScalarStyle.Plain })
        {
            Fail(SpecCodes.Reference, key.At, "merge keys (<<) are not part of the format", "write the fields out");
            return;
        }

        if (frame.Seen.TryGetValue(key.Text, out var first))
        {
            problems.Error(
                SpecCodes.DuplicateKey,
                key.At,
                key.Text,
                $"the key {Display.Quoted(key.Text)} occurs twice, first at {first.Line}:{first.Column}",
                "remove one of the two");
            frame.IsDuplicate = true;
        }
        else
        {
            frame.Seen.Add(key.Text, key.At);
        }

        frame.Key = key;
    }

    private void Place(SpecNode node)
    {
        if (!_open.TryPeek(out var frame))
        {
            Root = node;
        }
        else if (frame.Node is SequenceNode sequence)
        {
            sequence.Items.Add(node);
        }
        else
        {
            if (!frame.IsDuplicate)
            {
                ((MappingNode)frame.Node).Entries.Add(new MappingEntry(frame.Key!, node));
            }

            (frame.Key, frame.IsDuplicate) = (null, false);
        }
    }

    private sealed class Frame(SpecNode node, char? bracket)
    {
        public SpecNode Node { get; } = node;

        public char? Bracket { get; } = bracket;

        public ScalarNode? Key { get; set; }

        public bool IsDuplicate { get; set; }

        public Dictionary<string, Position> Seen { get; } = new(StringComparer.Ordinal);
    }
}
