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
    private readonly string? _lab;
    private readonly CertificateAuthority _authority;

    /// <summary>Makes the authority.</summary>
    /// <param name="clock">Null for the system's.</param>
    /// <param name="lab">The state folder of <see cref="Lab"/>; null for one of its own.</param>
    public TestAuthority(TimeProvider? clock = null, string? lab = null)
    {
        _clock = clock ?? TimeProvider.System;
        _lab = lab;
        _authority = CertificateAuthority.Create(Path.Combine(StateOf(Lab), CertificateAuthority.FolderName), _clock, Lab);
    }

    /// <summary>The state folder of a machine; need not exist.</summary>
    public string StateOf(string machine) =>
        machine == Lab && _lab is not null ? _lab : Path.Combine(_root.FullName, machine);

    /// <summary>Gives a machine a certificate, or a new one.</summary>
    public NodeIdentity Join(string machine, NodeRole role, params IReadOnlyList<string> hosts) =>
        JoinAt(StateOf(machine), machine, role, hosts);

    /// <summary>As <see cref="Join"/>, in a state folder that is somewhere else.</summary>
    public NodeIdentity JoinAt(string state, string machine, NodeRole role, params IReadOnlyList<string> hosts)
    {
        var folder = Path.Combine(state, NodeIdentity.FolderName);
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
