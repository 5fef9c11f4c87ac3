namespace SearchCluster.Security.Joining;

/// <summary>A token for joining as its cluster remembers it: enough to recognise it, and not enough to use it.</summary>
/// <param name="Id">The third part of the token.</param>
/// <param name="Hash">SHA-256 of the whole token, in lower hexadecimal digits.</param>
/// <param name="Role">What who joins with it becomes; one of <see cref="NodeRoles.Words"/>.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends by itself.</param>
/// <param name="Uses">How many certificates it was made for.</param>
/// <param name="UsesLeft">How many are left.</param>
public sealed record JoinTokenEntry(
    string Id, string Hash, string Role, DateTimeOffset Created, DateTimeOffset Expires, int Uses, int UsesLeft)
{
    /// <summary>When it was revoked; null when it was not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>Says what keeps it from being used.</summary>
    /// <param name="now">Decides what has expired.</param>
    /// <returns>The end of a sentence whose subject is the token; null when it can be used.</returns>
    public string? Obstacle(DateTimeOffset now) =>
        Revoked is { } revoked ? $"was revoked at {Moment.Of(revoked)}"
        : now >= Expires ? $"expired at {Moment.Of(Expires)}"
        : UsesLeft <= 0 ? $"is used up: it was made for {Counted.Of(Uses, "use")}"
        : null;
}
