namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>Why a connection came to nothing before it was a member's.</summary>
internal enum HandshakeFault
{
    /// <summary>What it sent is not how a member begins.</summary>
    Garbage,

    /// <summary>It has not shown the key.</summary>
    OtherKey,

    /// <summary>It ended in the middle.</summary>
    Ended,

    /// <summary>It did not finish in time.</summary>
    Silent,

    /// <summary>It had to make room for newer ones.</summary>
    Crowded,
}

/// <summary>A handshake failed; costs its own connection only.</summary>
/// <param name="fault">Why.</param>
/// <param name="inner">The cause, or null.</param>
internal sealed class HandshakeException(HandshakeFault fault, Exception? inner = null) : Exception(Describe(fault), inner)
{
    /// <summary>Why.</summary>
    public HandshakeFault Fault { get; } = fault;

    private static string Describe(HandshakeFault fault) => fault switch
    {
        HandshakeFault.Garbage => "it does not speak as a process of this cluster does",
        HandshakeFault.OtherKey => "it does not have the key of this cluster",
        HandshakeFault.Ended => "it ended before it had shown the key of this cluster",
        HandshakeFault.Silent => "it did not show the key of this cluster in time",
        HandshakeFault.Crowded => "too many connections wait to show the key of this cluster",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "A handshake has no such fault."),
    };
}
