using System.Diagnostics.CodeAnalysis;

namespace SearchCluster.Security;

/// <summary>Roles as words and as names in certificates.</summary>
public static class NodeRoles
{
    private const string UriPrefix = "urn:searchcluster:role:";

    /// <summary>Every word, for messages.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<NodeRole>().Select(Word)];

    /// <summary>The word of a role.</summary>
    /// <param name="role">One of the three.</param>
    /// <returns>For example <c>worker</c>.</returns>
    public static string Word(NodeRole role) => role switch
    {
        NodeRole.Coordinator => "coordinator",
        NodeRole.Worker => "worker",
        NodeRole.Client => "client",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "A role is coordinator, worker or client."),
    };

    /// <summary>Reads a word.</summary>
    /// <param name="word">In lower case.</param>
    /// <param name="role">What it means.</param>
    /// <returns>False when it is none.</returns>
    public static bool TryParse(string word, out NodeRole role)
    {
        foreach (var candidate in Enum.GetValues<NodeRole>())
        {
            if (Word(candidate) == word)
            {
                role = candidate;
                return true;
            }
        }

        role = default;
        return false;
    }

    /// <summary>Joins roles to the end of a sentence.</summary>
    /// <param name="roles">At least one.</param>
    /// <returns>For example <c>a coordinator or a worker</c>.</returns>
    internal static string Phrase(IReadOnlyList<NodeRole> roles) => string.Join(" or ", roles.Select(role => "a " + Word(role)));

    /// <summary>How a certificate names a role.</summary>
    internal static string UriOf(NodeRole role) => UriPrefix + Word(role);

    /// <summary>Reads the role that a certificate names.</summary>
    internal static bool TryParseUri(string uri, [NotNullWhen(true)] out NodeRole? role)
    {
        role = uri.StartsWith(UriPrefix, StringComparison.Ordinal) && TryParse(uri[UriPrefix.Length..], out var parsed) ? parsed : null;
        return role is not null;
    }
}
