using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>Takes the port of the HTTP API once and hands the socket on, so that no other process can take it
/// between a look and the start; of the port for workers, which Akka takes itself, it tells in time that it is taken.</summary>
internal static class ListeningSocket
{
    private const int Tries = 50;
    private const int Backlog = 512;

    /// <summary>Listens.</summary>
    /// <param name="address">Where it listens, IPv4 or IPv6.</param>
    /// <param name="wanted">A port, 0 for any, or null for the usual one or the next free one.</param>
    /// <param name="usual">Where the look for a free port begins when none is wanted.</param>
    /// <param name="option">The option that sets it, for the message.</param>
    /// <returns>A socket that listens; nothing accepts yet.</returns>
    /// <exception cref="CoordinatorStartException">The wanted port is taken, or none is free.</exception>
    public static Socket Take(IPAddress address, int? wanted, int usual, string option)
    {
        if (wanted is { } port)
        {
            return TryTake(address, port, out var refusal) ?? throw new CoordinatorStartException(
                refusal!.SocketErrorCode == SocketError.AddressNotAvailable
                    ? $"{address} is no address of this machine, so nothing can listen on it. Give one that hostname -I shows."
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"Port {port} on {address} is taken by another process. Choose another with {option}, or 0 for any free one."));
        }

        for (var candidate = usual; candidate < usual + Tries; candidate++)
        {
            if (TryTake(address, candidate, out _) is { } socket)
            {
                return socket;
            }
        }

        throw new CoordinatorStartException(string.Create(
            CultureInfo.InvariantCulture,
            $"The ports {usual} to {usual + Tries - 1} on {address} are all taken. Choose another with {option}, or 0 for any free one."));
    }

    /// <summary>Says in time that a port is taken which somebody else is to listen on.</summary>
    /// <param name="address">Where that one will listen.</param>
    /// <param name="wanted">A port; 0 is any, and needs no look.</param>
    /// <param name="option">The option that sets it, for the message.</param>
    /// <exception cref="CoordinatorStartException">It is taken.</exception>
    public static void Require(IPAddress address, int wanted, string option)
    {
        if (wanted != 0)
        {
            Take(address, wanted, wanted, option).Dispose();
        }
    }

    private static Socket? TryTake(IPAddress address, int port, out SocketException? refusal)
    {
        refusal = null;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Unix lets two processes bind one port as long as neither listens, so only listening takes it.
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException refused)
        {
            refusal = refused;
            socket.Dispose();
            return null;
        }
    }
}
