using System.Globalization;
using System.Net.Sockets;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>A connection between two members that have shown each other who they are.</summary>
internal sealed class PeerConnection : AssociationHandle
{
    private readonly Socket _socket;
    private readonly Peer _peer;
    private readonly Action<string> _refused;
    private readonly Action<string> _accepted;
    private readonly Channel<ByteString> _unsent = Channel.CreateUnbounded<ByteString>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> _leaving;
    private readonly Task _sending;
    private long _unsentBytes;
    private int _hasEnded;
    private bool _isAnnounced;

    /// <summary>Takes a connection over.</summary>
    /// <param name="local">This member's address on it.</param>
    /// <param name="remote">The other one's.</param>
    /// <param name="socket">The connection.</param>
    /// <param name="peer">The other end.</param>
    /// <param name="accepted">Told by which address (<c>host:port</c>) the other end is known.</param>
    /// <param name="refused">Told why the connection is ended from here, when it is.</param>
    public PeerConnection(
        Address local, Address remote, Socket socket, Peer peer, Action<string> accepted, Action<string> refused)
        : base(local, remote)
    {
        (_socket, _peer, _accepted, _refused) = (socket, peer, accepted, refused);
        _leaving = new Lazy<Task>(LeaveOnceAsync);
        _sending = SendAsync();
        _ = ReceiveAsync();
    }

    /// <summary>Completes when nothing is left of it.</summary>
    public Task Ended => _ended.Task;

    /// <inheritdoc />
    public override bool Write(ByteString payload)
    {
        if (Volatile.Read(ref _unsentBytes) > TransportLimits.UnsentBytes || !_unsent.Writer.TryWrite(payload))
        {
            return false;
        }

        Interlocked.Add(ref _unsentBytes, payload.Length);
        return true;
    }

    /// <inheritdoc />
// Akka calls this one in the end, and marks it so that its own code goes through the overload with a reason.
#pragma warning disable CS0672, CS0809
    public override void Disassociate() => _ = LeaveAsync();
#pragma warning restore CS0672, CS0809

    /// <summary>Ends it at once when the other end may not go on.</summary>
    public void Review()
    {
        if (_peer.Objection() is { } objection)
        {
            _refused(objection);
            End();
        }
    }

    /// <summary>Sends what waits, says that no more comes, and ends when the other end has seen it or the time for it is over.</summary>
    /// <returns>When nothing is left of it.</returns>
    public Task LeaveAsync() => _leaving.Value;

    private async Task LeaveOnceAsync()
    {
        _unsent.Writer.TryComplete();
        await Task.WhenAny(_sending, Task.Delay(TransportLimits.Flush));

        // Closing at once, with something unread, would make the system throw away what it has not sent yet.
        HalfClose();
        await Task.WhenAny(Ended, Task.Delay(TransportLimits.Flush));
        End();
    }

    private async Task SendAsync()
    {
        try
        {
            await Frames.WriteAsync(_peer.Stream, _unsent.Reader, sent => Interlocked.Add(ref _unsentBytes, -sent));
        }
        catch (Exception gone) when (IsEnd(gone))
        {
            End();
        }
    }

    private async Task ReceiveAsync()
    {
        // Nothing is read before Akka says to whom it goes. Off its thread, which completes the task.
        var listener = await ReadHandlerSource.Task.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await Frames.ReadAsync(_peer.Stream, payload => Hand(listener, payload));
        }
        catch (Exception gone) when (IsEnd(gone))
        {
            // Told below, as any other end.
        }

        listener.Notify(new Disassociated(DisassociateInfo.Unknown));
        End();
    }

    // Who leaves does not listen any more; what still comes is read so that the other end's last words are not what breaks the connection.
    private void Hand(IHandleEventListener listener, ByteString payload)
    {
        Require(payload);
        if (!_leaving.IsValueCreated)
        {
            listener.Notify(new InboundPayload(payload));
        }
    }

    // Akka takes no message before the announcement, and no second announcement.
    private void Require(ByteString payload)
    {
        if (!_isAnnounced && Announcement.In(payload) is { } announced)
        {
            _isAnnounced = true;
            if (_peer.ObjectionTo(announced.Host) is { } objection)
            {
                _refused(objection);
                throw new InvalidDataException(objection);
            }

            _accepted(string.Create(CultureInfo.InvariantCulture, $"{announced.Host}:{announced.Port}"));
        }
    }

    private void HalfClose()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (IsEnd(gone))
        {
            End();
        }
    }

    private void End()
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) == 0)
        {
            _unsent.Writer.TryComplete();
            _peer.Stream.Dispose();
            _socket.Dispose();
            _ended.TrySetResult();
        }
    }

    private static bool IsEnd(Exception exception) =>
        exception is IOException or SocketException or ObjectDisposedException or InvalidDataException or OperationCanceledException;
}
