using Microsoft.Extensions.Time.Testing;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;

namespace SearchCluster.Security.Tests;

/// <summary>State folders of several machines, a clock, and the authority of one cluster.</summary>
internal sealed class Folders : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 12, 1, 7, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("searchcluster-security-");

    public FakeTimeProvider Clock { get; } = new(Start);

    public string Root => _root.FullName;

    /// <summary>The authority's folder on the machine of the coordinator, whose identity lies beside it.</summary>
    public string AuthorityFolder => PathOf("lab", CertificateAuthority.FolderName);

    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public string IdentityFolder(string machine) => PathOf(machine, NodeIdentity.FolderName);

    public CertificateAuthority Authority() => CertificateAuthority.OpenOrCreate(AuthorityFolder, Clock, "lab");

    /// <summary>Makes a key on a machine and has it certified.</summary>
    public NodeIdentity Join(
        CertificateAuthority authority, string machine, NodeRole role = NodeRole.Worker, IReadOnlyList<string>? hosts = null)
    {
        Certify(authority, machine, role, hosts);
        return NodeIdentity.Find(IdentityFolder(machine), Clock).ShouldNotBeNull();
    }

    public void Certify(
        CertificateAuthority authority, string machine, NodeRole role = NodeRole.Worker, IReadOnlyList<string>? hosts = null)
    {
        var request = SigningRequest.Create(IdentityFolder(machine), machine);
        request.Accept(authority.Issue(request.Pem, machine, role, hosts ?? ["127.0.0.1"]), authority.CertificateText);
    }

    public void Dispose() => _root.Delete(recursive: true);
}
