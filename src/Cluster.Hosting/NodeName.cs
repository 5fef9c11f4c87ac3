namespace SearchCluster.Hosting;

/// <summary>The name of a machine in the cluster, and of the workers on it.</summary>
public static class NodeName
{
    /// <summary>The label that every worker of a launch carries.</summary>
    public const string Label = "node";

    /// <summary>Longest name in characters, so that a worker's name has room behind it.</summary>
    public const int MaximumLength = 64;

    /// <summary>What a name may be, for messages.</summary>
    public const string Rule = "1 to 64 of letters, digits, '-', '_' and '.'";

    /// <summary>Tells whether a text is one.</summary>
    public static bool IsValid(string text) => text is { Length: >= 1 and <= MaximumLength } && text.All(IsAllowed);

    /// <summary>The name of this machine; what no worker's name may have is written as '-'.</summary>
    /// <param name="machine">What the system calls it.</param>
    public static string Of(string machine)
    {
        var name = string.Concat(machine.Select(c => IsAllowed(c) ? c : '-'));
        return name[..Math.Min(name.Length, MaximumLength)];
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
