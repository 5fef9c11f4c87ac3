using Google.Protobuf;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>Reads single parts of Akka's frames, with the reader that Akka uses, so that both see the same.</summary>
internal static class FrameParts
{
    /// <summary>Follows a way of parts that have parts.</summary>
    /// <param name="message">A frame, or a part of one.</param>
    /// <param name="way">Numbers of the fields, as WireFormats.proto of Akka.Remote has them.</param>
    /// <returns>Null when one of them is not there.</returns>
    /// <exception cref="InvalidDataException">It is none of Akka's frames.</exception>
    public static ByteString? Follow(ByteString message, ReadOnlySpan<int> way)
    {
        var at = message;
        foreach (var field in way)
        {
            if (Find(at, field).Bytes is not { } inner)
            {
                return null;
            }

            at = inner;
        }

        return at;
    }

    /// <summary>Finds a part.</summary>
    /// <param name="message">What it is a part of.</param>
    /// <param name="field">Its number.</param>
    /// <returns>Text and parts with parts are bytes; a missing number is 0, as in protobuf.</returns>
    /// <exception cref="InvalidDataException">It is no message of protobuf, or names the part twice.</exception>
    public static (ByteString? Bytes, ulong Number) Find(ByteString message, int field)
    {
        (ByteString? Bytes, ulong Number) found = default;
        var isFound = false;
        try
        {
            var input = message.CreateCodedInput();
            for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                if (WireFormat.GetTagFieldNumber(tag) != field)
                {
                    input.SkipLastField();
                    continue;
                }

                if (isFound)
                {
                    // A reader of protobuf would merge the two or take the last; Akka never writes two.
                    throw new InvalidDataException("A frame names a part twice.");
                }

                isFound = true;
                switch (WireFormat.GetTagWireType(tag))
                {
                    case WireFormat.WireType.LengthDelimited: found.Bytes = input.ReadBytes(); break;
                    case WireFormat.WireType.Varint: found.Number = input.ReadUInt64(); break;
                    default: input.SkipLastField(); break;
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
