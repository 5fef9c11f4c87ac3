using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SearchCluster.Integration.Tests.Networks;

/// <summary>One port of an address translation between two network namespaces: what is called inside is called on from outside, and
/// nobody calls the other way.</summary>
internal sealed class NatGate : IDisposable
{
    private const int NewNetwork = 0x40000000;

    private readonly Socket _listener;
    private readonly string _outside;
    private readonly IPEndPoint _target;

    private NatGate(Socket listener, string outside, IPEndPoint target)
    {
        (_listener, _outside, _target) = (listener, outside, target);
        _ = AcceptAsync();
    }

    /// <summary>Opens it.</summary>
    /// <param name="inside">The namespace in which the target's address is answered.</param>
    /// <param name="outside">The namespace that reaches the target.</param>
    /// <param name="address">Of the target.</param>
    /// <param name="port">Of the target.</param>
    public static NatGate Open(string inside, string outside, string address, int port)
    {
        var target = new IPEndPoint(IPAddress.Parse(address), port);
        return new(
            In(inside, () =>
            {
                var listener = NewSocket();
                listener.Bind(target);
                listener.Listen();
                return listener;
            }),
            outside,
            target);
    }

    public void Dispose() => _listener.Dispose();

    // A socket belongs for good to the namespace in which its thread was when it made it.
    private static Socket In(string network, Func<Socket> make)
    {
        Socket? made = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle($"/run/netns/{network}");
                if (SetNamespace(handle.DangerousGetHandle().ToInt32(), NewNetwork) != 0)
                {
                    throw new InvalidOperationException($"Namespace {network}: errno {Marshal.GetLastPInvokeError()}.");
                }

                made = make();
            }
            catch (Exception any)
            {
                failure = any;
            }
        });
        thread.Start();
        thread.Join();
        return made ?? throw new InvalidOperationException("There is no socket.", failure);
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptAsync());
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task RelayAsync(Socket inner)
    {
        using (inner)
        {
            using var outer = In(_outside, NewSocket);
            try
            {
                await outer.ConnectAsync(_target);
                await using var here = new NetworkStream(inner);
                await using var there = new NetworkStream(outer);
                await Task.WhenAny(here.CopyToAsync(there), there.CopyToAsync(here));
            }
            catch (Exception gone) when (gone is SocketException or IOException)
            {
                // The caller learns of it as the end of its connection.
            }
        }
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(int file, int kind);
}
