using SearchCluster.Security;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;

namespace SearchCluster.TestKit.Security;

/// <summary>The authority of one cluster, and the state folders of machines that have certificates of it.</summary>
public sealed class TestAuthority : IDisposable
{
    /// <summary>The machine of the coordinator, where the authority lies: what is revoked counts there at once.</summary>
    public const string Lab = "lab";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("searchcluster-tls-");
    private readonly TimeProvider _clock;
    private readonly CertificateAuthority _authority;

    public TestAuthority(TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _authority = CertificateAuthority.Create(Path.Combine(StateOf(Lab), CertificateAuthority.FolderName), _clock, Lab);
    }

    /// <summary>The state folder of a machine; need not exist.</summary>
    public string StateOf(string machine) => Path.Combine(_root.FullName, machine);

    /// <summary>Gives a machine a certificate, or a new one.</summary>
    public NodeIdentity Join(string machine, NodeRole role, params IReadOnlyList<string> hosts)
    {
        var folder = Path.Combine(StateOf(machine), NodeIdentity.FolderName);
        var request = SigningRequest.Create(folder, machine);
        request.Accept(_authority.Issue(request.Pem, machine, role, hosts), _authority.CertificateText);
        return NodeIdentity.Find(folder, _clock)!;
    }

    public void Revoke(string machine) => _authority.Revoke(machine);

    public void Dispose()
    {
        _authority.Dispose();
        _root.Delete(recursive: true);
    }
}
