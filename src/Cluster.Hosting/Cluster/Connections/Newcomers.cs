using System.Net.Sockets;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>Connections that have not shown who they are yet: a fixed number, in which a further one takes the place of the
/// oldest.</summary>
/// <remarks>Whoever fills all places loses the first of them first, while a member needs its place for milliseconds only.</remarks>
internal sealed class Newcomers
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Socket> _waiting = [];

    /// <summary>Gives a connection a place; the one that had to make room is closed.</summary>
    /// <param name="socket">The connection.</param>
    /// <returns>Its place.</returns>
    public LinkedListNode<Socket> Enter(Socket socket)
    {
        Socket? oldest = null;
        LinkedListNode<Socket> place;
        lock (_gate)
        {
            if (_waiting.Count == TransportLimits.Newcomers)
            {
                oldest = _waiting.First!.Value;
                _waiting.RemoveFirst();
            }

            place = _waiting.AddLast(socket);
        }

        oldest?.Dispose();
        return place;
    }

    /// <summary>Ends a connection's time as a newcomer.</summary>
    /// <returns>False when it has none any more: it had to make room, or has left already.</returns>
    public bool Leave(LinkedListNode<Socket> place)
    {
        lock (_gate)
        {
            if (place.List is null)
            {
                return false;
            }

            _waiting.Remove(place);
            return true;
        }
    }
}
