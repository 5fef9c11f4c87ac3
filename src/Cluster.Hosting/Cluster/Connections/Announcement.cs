using Google.Protobuf;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>The first frame of a connection, in which Akka says by which address its member wants to be known.</summary>
/// <remarks>
/// Akka believes it: what is meant for that address then goes to this connection. So it is read here, and held against what the member has
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

    /// <summary>Reads one.</summary>
    /// <param name="frame">What stood between two lengths on the connection; of Akka's, if the other end is honest.</param>
    /// <returns>Null when the frame announces nothing.</returns>
    /// <exception cref="InvalidDataException">It is none of Akka's frames.</exception>
    public static Announcement? In(ByteString frame)
    {
        var at = frame;
        foreach (var field in WayToOrigin)
        {
            if (Fields(at).Find(part => part.Field == field) is not { Bytes: { } inner })
            {
                return null;
            }

            at = inner;
        }

        var origin = Fields(at);
        return new(
            origin.Find(part => part.Field == HostField).Bytes?.ToStringUtf8() ?? "",
            origin.Find(part => part.Field == PortField).Number);
    }

    private static List<(int Field, ByteString? Bytes, ulong Number)> Fields(ByteString message)
    {
        var fields = new List<(int Field, ByteString? Bytes, ulong Number)>();
        try
        {
            var input = message.CreateCodedInput();
            for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                var field = WireFormat.GetTagFieldNumber(tag);
                if (fields.Exists(earlier => earlier.Field == field))
                {
                    // A reader of protobuf would merge the two or take the last; Akka never writes two.
                    throw new InvalidDataException("A frame names a part twice.");
                }

                switch (WireFormat.GetTagWireType(tag))
                {
                    case WireFormat.WireType.LengthDelimited:
                        fields.Add((field, input.ReadBytes(), 0));
                        break;
                    case WireFormat.WireType.Varint:
                        fields.Add((field, null, input.ReadUInt64()));
                        break;
                    default:
                        fields.Add((field, null, 0));
                        input.SkipLastField();
                        break;
                }
            }

            return fields;
        }
        catch (InvalidProtocolBufferException broken)
        {
            throw new InvalidDataException("What came is no frame of a member.", broken);
        }
    }
}
