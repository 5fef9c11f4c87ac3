using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>Finds the port to listen on before anything is started.</summary>
internal static class ListeningPort
{
    private const int Tries = 50;

    /// <summary>Chooses a port.</summary>
    /// <param name="address">The address.</param>
    /// <param name="wanted">A port, 0 for any, or null for the usual one or the next free one.</param>
    /// <param name="usual">The usual one.</param>
    /// <param name="option">The option that sets it, for the message.</param>
    /// <returns>The port; 0 for any.</returns>
    /// <exception cref="CoordinatorStartException">The wanted port is taken, or none is free.</exception>
    public static int Choose(IPAddress address, int? wanted, int usual, string option)
    {
        if (wanted is { } port)
        {
            return port == 0 || IsFree(address, port)
                ? port
                : throw new CoordinatorStartException(string.Create(
                    CultureInfo.InvariantCulture, $"Port {port} on {address} is taken by another process. Choose another with {option}, or 0 for any free one."));
        }

        for (var candidate = usual; candidate < usual + Tries; candidate++)
        {
            if (IsFree(address, candidate))
            {
                return candidate;
            }
        }

        throw new CoordinatorStartException(string.Create(
            CultureInfo.InvariantCulture, $"The ports {usual} to {usual + Tries - 1} on {address} are all taken. Choose another with {option}, or 0 for any free one."));
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
