namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>What a connection may take of time and memory.</summary>
internal static class TransportLimits
{
    /// <summary>Longest message. Work for 64 slots with 200 parameters each is about a megabyte; a longer
    /// message is dropped with a log line only.</summary>
    public const int MessageBytes = 4 << 20;

    /// <summary>Longest frame: a message and what Akka puts around it.</summary>
    public const int FrameBytes = MessageBytes + 1024;

    /// <summary>Above so much that waits to be sent, no more is taken: Akka then holds messages back by itself.</summary>
    public const int UnsentBytes = 16 << 20;

    /// <summary>What one end of a connection sends at most before it has shown who it is. A TLS handshake with two certificates takes
    /// some thousand bytes.</summary>
    public const int HandshakeBytes = 32 << 10;

    /// <summary>Connections that have not shown who they are yet; a further one ends the oldest, so that nobody can
    /// shut the door by standing in it.</summary>
    public const int Newcomers = 64;

    /// <summary>How long a connection attempt may take. The system sends its first packet again after 1 and 3 s, then 7: a new attempt
    /// finds a network that has just come back sooner.</summary>
    public static TimeSpan Connect { get; } = TimeSpan.FromSeconds(4);

    /// <summary>A connection on which nothing comes for so long is over, whatever the system still hopes: longer than a lease.</summary>
    public static TimeSpan Silence { get; } = TimeSpan.FromSeconds(20);

    /// <summary>How often open connections are looked at anew: what a revoked member still does, it does within this time and the one in
    /// which the list of the revoked arrives.</summary>
    public static TimeSpan Review { get; } = TimeSpan.FromSeconds(4);

    /// <summary>How long the last messages of a connection may take to leave.</summary>
    public static TimeSpan Flush { get; } = TimeSpan.FromSeconds(2);
}
