using System.Globalization;
using Google.Protobuf;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>The first frame of a connection, in which Akka says by which address its process wants to be known.</summary>
/// <remarks>
/// Akka believes it: what is meant for that address then goes to this connection. So it is read here, and held against what the process has
/// shown. Of Akka's frames (AkkaProtocolMessage of its WireFormats.proto) only the way to the host is known here: instruction (2),
/// handshakeInfo (2), origin (1), and of that hostname (2) and port (3).
/// </remarks>
/// <param name="Host">As it is announced.</param>
/// <param name="Port">As it is announced.</param>
internal readonly record struct Announcement(string Host, ulong Port)
{
    private const int HostField = 2;
    private const int PortField = 3;
    private static readonly int[] WayToOrigin = [2, 2, 1];

    /// <summary>Both, <c>host:port</c>.</summary>
    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>Reads one.</summary>
    /// <param name="frame">What stood between two lengths on the connection; of Akka's, if the other end is honest.</param>
    /// <returns>Null when the frame announces nothing.</returns>
    /// <exception cref="InvalidDataException">It is none of Akka's frames.</exception>
    public static Announcement? In(ByteString frame) => FrameParts.Follow(frame, WayToOrigin) is { } origin
        ? new(FrameParts.Find(origin, HostField).Bytes?.ToStringUtf8() ?? "", FrameParts.Find(origin, PortField).Number)
        : null;
}
