using System.Net;
using System.Net.Sockets;

namespace SearchCluster.Coordinator.Service;

/// <summary>How often who comes from an address tried to join in vain: nobody guesses secrets here, and nobody fills the log.</summary>
/// <param name="clock">Measures the minute.</param>
internal sealed class JoinAttempts(TimeProvider clock)
{
    /// <summary>Attempts of one address that may fail within <see cref="Span"/>.</summary>
    public const int Most = 10;

    // Beyond it those are forgotten that failed longest ago: the memory of a coordinator is not for strangers to fill.
    private const int MostAddresses = 10_000;

    // Bytes of an IPv6 address that name a network; one machine has all addresses below it.
    private const int NetworkBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Queue<DateTimeOffset>> _failures = [];

    /// <summary>The time that counts.</summary>
    public static TimeSpan Span { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Tells whether an address has to wait.</summary>
    /// <param name="from">Null counts as an address of its own.</param>
    public bool MustWait(IPAddress? from)
    {
        lock (_gate)
        {
            return _failures.TryGetValue(Key(from), out var failures) && Recent(failures) >= Most;
        }
    }

    /// <summary>Counts an attempt that failed.</summary>
    /// <param name="from">Null counts as an address of its own.</param>
    public void Failed(IPAddress? from)
    {
        lock (_gate)
        {
            var key = Key(from);
            if (!_failures.TryGetValue(key, out var failures))
            {
                MakeRoom();
                _failures[key] = failures = new Queue<DateTimeOffset>();
            }

            failures.Enqueue(clock.GetUtcNow());
            Recent(failures);
        }
    }

    private int Recent(Queue<DateTimeOffset> failures)
    {
        while (failures.TryPeek(out var oldest) && (clock.GetUtcNow() - oldest >= Span || failures.Count > Most))
        {
            failures.Dequeue();
        }

        return failures.Count;
    }

    private void MakeRoom()
    {
        if (_failures.Count < MostAddresses)
        {
            return;
        }

        // Half at once, so that not each stranger has all of them looked through.
        foreach (var (address, _) in _failures.OrderBy(entry => entry.Value.LastOrDefault()).Take(MostAddresses / 2).ToList())
        {
            _failures.Remove(address);
        }
    }

    private static IPAddress Key(IPAddress? from)
    {
        var address = from is { IsIPv4MappedToIPv6: true } ? from.MapToIPv4() : from ?? IPAddress.None;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
