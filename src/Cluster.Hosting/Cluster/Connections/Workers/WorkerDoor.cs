using Akka.Actor;
using Google.Protobuf;

namespace SearchCluster.Hosting.Cluster.Connections.Workers;

/// <summary>To whom the messages of a worker may go: to the search manager and what is below it, and to nothing else of a
/// coordinator.</summary>
/// <remarks>
/// So a worker can neither join the cluster of the coordinators nor speak in it. The way to the recipient (WireFormats.proto of
/// Akka.Remote): payload (1) of a frame, envelope (2), recipient (1), path (1). A selection goes to the root of all actors, and so is
/// refused, too.
/// </remarks>
internal sealed class WorkerDoor
{
    private static readonly int[] WayToPath = [1, 2, 1, 1];
    private static readonly string[] Open = ["user", SearchManagerSingleton.Name, SearchManagerSingleton.Name];

    private ByteString? _last;

    /// <summary>Looks at one frame.</summary>
    /// <param name="frame">As it came.</param>
    /// <returns>Why it must not pass; null when it may.</returns>
    /// <exception cref="InvalidDataException">It is none of Akka's frames.</exception>
    public string? ObjectionTo(ByteString frame)
    {
        // Nearly all go where the one before went.
        if (FrameParts.Follow(frame, WayToPath) is not { } path || path.Equals(_last))
        {
            return null;
        }

        var text = path.ToStringUtf8();
        if (!IsOpen(text))
        {
            return $"it is a worker, but sent a message to {ForeignText.OneLine(text, 200)}, where only coordinators may send any";
        }

        _last = path;
        return null;
    }

    private static bool IsOpen(string path) =>
        ActorPath.TryParse(path, out var parsed)
        && parsed.Elements is { } elements
        && elements.Take(Open.Length).SequenceEqual(Open)
        && !elements.Any(element => element is "." or "..");
}
