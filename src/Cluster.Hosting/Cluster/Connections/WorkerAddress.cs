using System.Security.Cryptography;
using System.Text;
using SearchCluster.Hosting.ActorSystems;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>The address of a worker's connection: one that nobody can call, since a worker listens on nothing.</summary>
/// <remarks>
/// Written <c>MARK.TAG.worker.invalid</c>, under a domain that never exists (RFC 6761). The mark is drawn anew for each connection:
/// whatever becomes of one, the next is another peer to Akka, with no past. The tag stands for the name in the certificate, so
/// that nobody can announce the address of another machine's worker.
/// </remarks>
/// <param name="Mark">Letters and digits.</param>
/// <param name="Tag">See <see cref="TagOf"/>.</param>
internal readonly record struct WorkerAddress(string Mark, string Tag)
{
    private const string Loopback = "loopback";
    private const string Domain = ".worker.invalid";
    private const string Hashed = "x-";
    private const int LongestLabel = 63;
    private const int Port = 1;

    /// <summary>As it stands in an address.</summary>
    public string Host => $"{Mark}.{Tag}{Domain}";

    /// <summary>Draws a new one.</summary>
    /// <param name="name">Of the certificate; null where there is none, on loopback.</param>
    public static WorkerAddress New(string? name) => new(Guid.NewGuid().ToString("N"), TagOf(name));

    /// <summary>Reads one.</summary>
    /// <param name="host">As it is announced.</param>
    /// <returns>Null when it is a host of the usual kind; nobody's where the first two parts are not there.</returns>
    public static WorkerAddress? TryParse(string? host)
    {
        if (host is null || !host.EndsWith(Domain, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = host[..^Domain.Length];
        var dot = rest.IndexOf('.', StringComparison.Ordinal);
        return dot < 1 ? new WorkerAddress("", "") : new WorkerAddress(rest[..dot], rest[(dot + 1)..]);
    }

    /// <summary>What stands for a name: itself where it is written as hosts are, else its hash, since names may have signs that hosts have
    /// not, and Akka reads some addresses in small letters.</summary>
    /// <param name="name">Of a certificate; null for none.</param>
    public static string TagOf(string? name) => name is null ? $"{Hashed}{Loopback}"
        : name.Split('.').All(IsLabel) ? name
        : Hashed + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];

    /// <summary>As Akka has it.</summary>
    public Akka.Actor.Address ToAkka() => new("tcp", CoreExtensions.ActorSystemName, Host, Port);

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel
        && label.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '-')
        && label[0] != '-'
        && label[^1] != '-'
        && !label.StartsWith(Hashed, StringComparison.Ordinal);
}
