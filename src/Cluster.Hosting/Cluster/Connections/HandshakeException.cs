namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>Why a connection came to nothing before it was a member's.</summary>
internal enum HandshakeFault
{
    /// <summary>What it sent is not how a member begins.</summary>
    Garbage,

    /// <summary>It has not shown the key.</summary>
    OtherKey,

    /// <summary>Its certificate is not accepted here; the reason is told.</summary>
    Refused,

    /// <summary>It does not accept the certificate of this member.</summary>
    TurnedAway,

    /// <summary>It ended in the middle.</summary>
    Ended,

    /// <summary>It did not finish in time.</summary>
    Silent,

    /// <summary>It had to make room for newer ones.</summary>
    Crowded,
}

/// <summary>A handshake failed; costs its own connection only.</summary>
/// <param name="fault">Why.</param>
/// <param name="reason">More of why, as the end of a sentence; null for none.</param>
/// <param name="inner">The cause, or null.</param>
internal sealed class HandshakeException(HandshakeFault fault, string? reason = null, Exception? inner = null)
    : Exception($"{fault}: {reason}", inner)
{
    /// <summary>Why.</summary>
    public HandshakeFault Fault { get; } = fault;

    /// <summary>True when the other end is there and speaks as a member, but is none: waiting alone does not help.</summary>
    public bool IsForeign => Fault is HandshakeFault.OtherKey or HandshakeFault.Refused or HandshakeFault.TurnedAway;

    /// <summary>Says it to people.</summary>
    /// <param name="proof">What a member shows, see <see cref="IConnectionGuard.Proof"/>.</param>
    /// <returns>The end of a sentence.</returns>
    public string Describe(string proof) => Describe(Fault, proof, reason);

    /// <inheritdoc cref="Describe(string)"/>
    /// <param name="fault">Why.</param>
    /// <param name="proof">What a member shows.</param>
    /// <param name="reason">More of why; null for none.</param>
    public static string Describe(HandshakeFault fault, string proof, string? reason = null) => fault switch
    {
        HandshakeFault.Garbage => "it does not speak as a process of this cluster does",
        HandshakeFault.OtherKey => $"it does not have {proof}",
        HandshakeFault.Refused => reason?.TrimEnd('.') ?? "its certificate is not accepted",
        HandshakeFault.TurnedAway => "it does not accept the certificate of this process; its own log says why",
        HandshakeFault.Ended => $"it ended before it had shown {proof}",
        HandshakeFault.Silent => $"it did not show {proof} in time",
        HandshakeFault.Crowded => $"too many connections wait to show {proof}",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "A handshake has no such fault."),
    };
}
