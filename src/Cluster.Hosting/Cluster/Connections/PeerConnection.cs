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
    private readonly Func<PeerConnection, Announcement, string?> _admit;
    private readonly Action<string> _refused;
    private readonly Channel<ByteString> _unsent = Channel.CreateUnbounded<ByteString>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> _leaving;
    private readonly Task _sending;
    private long _unsentBytes;
    private int _hasEnded;
    private bool _isAnnounced;
    private long _heardAt = TimeProvider.System.GetTimestamp();

    /// <summary>Takes a connection over.</summary>
    /// <param name="local">This member's address on it.</param>
    /// <param name="remote">The other one's.</param>
    /// <param name="socket">The connection.</param>
    /// <param name="peer">The other end.</param>
    /// <param name="admit">Judges by which address the other end wants to be known; says why it may not.</param>
    /// <param name="refused">Told why the connection is ended from here, when it is.</param>
    public PeerConnection(
        Address local,
        Address remote,
        Socket socket,
        Peer peer,
        Func<PeerConnection, Announcement, string?> admit,
        Action<string> refused)
        : base(local, remote)
    {
        (_socket, Peer, _admit, _refused) = (socket, peer, admit, refused);
        _leaving = new Lazy<Task>(LeaveOnceAsync);
        _sending = SendAsync();
        _ = ReceiveAsync();
    }

    /// <summary>The other end.</summary>
    public Peer Peer { get; }

    /// <summary>True where no other connection will ever follow between the two addresses: one of them is a worker's.</summary>
    public bool IsOnly { get; set; }

    /// <summary>What may come; null for everything.</summary>
    public WorkerDoor? Door { get; set; }

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

    /// <summary>Ends it at once when the other end may not go on, or is silent: Akka sends something every 4 s.</summary>
    public void Review()
    {
        var silence = TimeProvider.System.GetElapsedTime(Volatile.Read(ref _heardAt));
        var objection = silence > TransportLimits.Silence
            ? $"it has sent nothing for {Durations.Of(TransportLimits.Silence)}"
            : Peer.Objection();
        if (objection is not null)
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
            await Frames.WriteAsync(Peer.Stream, _unsent.Reader, sent => Interlocked.Add(ref _unsentBytes, -sent));
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
            await Frames.ReadAsync(Peer.Stream, payload => Hand(listener, payload));
        }
        catch (Exception gone) when (IsEnd(gone))
        {
            // Told below, as any other end.
        }

        // Akka keeps what it knows of a peer that may come back, and tries to call it. Of one that will not it keeps nothing.
        listener.Notify(new Disassociated(IsOnly ? DisassociateInfo.Shutdown : DisassociateInfo.Unknown));
        End();
    }

    // Who leaves does not listen any more; what still comes is read so that the other end's last words are not what breaks the connection.
    private void Hand(IHandleEventListener listener, ByteString payload)
    {
        Volatile.Write(ref _heardAt, TimeProvider.System.GetTimestamp());
        if (Objection(payload) is { } objection)
        {
            _refused(objection);
            throw new InvalidDataException(objection);
        }

        if (!_leaving.IsValueCreated)
        {
            listener.Notify(new InboundPayload(payload));
        }
    }

    // Akka takes no message before the announcement, and no second announcement.
    private string? Objection(ByteString payload)
    {
        if (!_isAnnounced && Announcement.In(payload) is { } announced)
        {
            _isAnnounced = true;
            return _admit(this, announced);
        }

        return Door?.ObjectionTo(payload);
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
            Peer.Stream.Dispose();
            _socket.Dispose();
            _ended.TrySetResult();
        }
    }

    private static bool IsEnd(Exception exception) =>
        exception is IOException or SocketException or ObjectDisposedException or InvalidDataException or OperationCanceledException;
}
