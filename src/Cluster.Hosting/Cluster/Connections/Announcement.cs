using Google.Protobuf;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>The first frame of a connection, in which Akka says by which address its member wants to be known.</summary>
/// <remarks>
/// Akka believes it: what is meant for that address then goes to this connection. So it is read here, and held against what the member has
/// shown. Of Akka's frames (AkkaProtocolMessage of its WireFormats.proto) only the way to the host is known here: instruction (2),
/// handshakeInfo (2), origin (1), hostname (2).
/// </remarks>
internal static class Announcement
{
    private static readonly int[] WayToHost = [2, 2, 1, 2];

    /// <summary>Reads the host.</summary>
    /// <param name="frame">A frame.</param>
    /// <returns>Null when the frame announces nothing.</returns>
    /// <exception cref="InvalidDataException">It is none of Akka's frames.</exception>
    public static string? HostOf(ByteString frame)
    {
        var at = frame;
        foreach (var field in WayToHost)
        {
            if (Field(at, field) is not { } inner)
            {
                return null;
            }

            at = inner;
        }

        return at.ToStringUtf8();
    }

    // The last of its kind, as a reader of protobuf takes it.
    private static ByteString? Field(ByteString message, int number)
    {
        ByteString? found = null;
        try
        {
            var input = message.CreateCodedInput();
            for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                if (WireFormat.GetTagFieldNumber(tag) == number && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                {
                    // Two of one kind would be merged, and this is not the place to do it.
                    found = found is null ? input.ReadBytes() : throw new InvalidDataException("A frame names a part twice.");
                }
                else
                {
                    input.SkipLastField();
                }
            }

            return found;
        }
        catch (InvalidProtocolBufferException broken)
        {
            throw new InvalidDataException("What came is no frame of a member.", broken);
        }
    }
}
