using System.Security.Cryptography;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;

namespace SearchCluster.Security.Tests;

public sealed class NodeIdentityTests : IDisposable
{
    private static readonly NodeRole[] Workers = [NodeRole.Worker];

    private readonly Folders _folders = new();
    private readonly CertificateAuthority _authority;

    public NodeIdentityTests() => _authority = _folders.Authority();

    private string Folder => _folders.IdentityFolder("w1");

    public void Dispose()
    {
        _authority.Dispose();
        _folders.Dispose();
    }

    [Fact]
    public void A_machine_that_joined_nothing_has_none() => NodeIdentity.Find(Folder, _folders.Clock).ShouldBeNull();

    [Fact]
    public void A_key_whose_certificate_never_came_is_none()
    {
        SigningRequest.Create(Folder, "w1");

        NodeIdentity.Find(Folder, _folders.Clock).ShouldBeNull();
    }

    [Fact]
    public void A_machine_knows_its_name_role_and_hosts()
    {
        var identity = _folders.Join(_authority, "w1", NodeRole.Client, ["10.0.0.6"]);

        identity.Name.ShouldBe("w1");
        identity.Role.ShouldBe(NodeRole.Client);
        identity.Hosts.ShouldBe(["10.0.0.6"]);
        identity.Serial.ShouldBe(_authority.Issued.Single().Serial);
        identity.Expires.ShouldBe(Folders.Start.AddDays(30));
        identity.Certificate.HasPrivateKey.ShouldBeTrue();
        identity.Authorities.Count.ShouldBe(1);
        identity.Trouble.ShouldBeNull();
    }

    [Fact]
    public void The_key_is_for_its_owner_and_lies_under_its_name()
    {
        _folders.Certify(_authority, "w1");

        File.Exists(Path.Combine(Folder, "node.key.next")).ShouldBeFalse();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(Folder, "node.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void A_renewed_certificate_is_used_without_a_restart()
    {
        var identity = _folders.Join(_authority, "w1");
        var before = identity.Serial;
        _folders.Clock.Advance(TimeSpan.FromDays(20));

        _folders.Certify(_authority, "w1");

        identity.Serial.ShouldNotBe(before);
        identity.Certificate.HasPrivateKey.ShouldBeTrue();
        identity.Expires.ShouldBe(Folders.Start.AddDays(50));
        identity.Trouble.ShouldBeNull();
    }

    [Fact]
    public void A_renewal_is_due_in_the_last_third()
    {
        var identity = _folders.Join(_authority, "w1");

        (identity.RenewalDue - Folders.Start).TotalDays.ShouldBe(20, tolerance: 0.1);
    }

    [Fact]
    public void A_machine_that_lost_power_between_certificate_and_key_still_has_its_pair()
    {
        _folders.Certify(_authority, "w1");
        var request = SigningRequest.Create(Folder, "w1");
        File.WriteAllText(Path.Combine(Folder, "node.pem"), _authority.Issue(request.Pem, "w1", NodeRole.Worker, []));

        var identity = NodeIdentity.Find(Folder, _folders.Clock).ShouldNotBeNull();

        identity.Serial.ShouldBe(_authority.Issued[^1].Serial);
        identity.Certificate.HasPrivateKey.ShouldBeTrue();
    }

    [Fact]
    public void A_further_authority_is_trusted_as_soon_as_it_is_in_the_bundle()
    {
        var coordinator = _folders.Join(_authority, "lab", NodeRole.Coordinator);
        using var next = CertificateAuthority.Create(_folders.PathOf("next", "authority"), _folders.Clock, "next");
        var worker = _folders.Join(next, "w2");
        coordinator.Refusal(worker.Certificate, Workers, null).ShouldNotBeNull();

        File.AppendAllText(Path.Combine(coordinator.Folder, "ca.pem"), next.CertificateText);

        coordinator.Refusal(worker.Certificate, Workers, null).ShouldBeNull();
        coordinator.Authorities.Count.ShouldBe(2);
    }

    [Fact]
    public void A_file_that_broke_while_the_process_runs_is_told_and_the_old_one_goes_on()
    {
        var identity = _folders.Join(_authority, "w1");
        var before = identity.Serial;

        File.WriteAllText(Path.Combine(Folder, "node.pem"), "hello");

        identity.Serial.ShouldBe(before);
        identity.Trouble.ShouldStartWith($"{Path.Combine(Folder, "node.pem")} holds no certificate that can be read");
    }

    [Fact]
    public void A_certificate_for_another_key_is_not_taken_and_the_old_identity_stays()
    {
        var identity = _folders.Join(_authority, "w1");
        var before = identity.Serial;
        var other = SigningRequest.Create(_folders.IdentityFolder("w2"), "w2");
        var request = SigningRequest.Create(Folder, "w1");

        var refused = Should.Throw<TrustException>(
            () => request.Accept(_authority.Issue(other.Pem, "w2", NodeRole.Worker, []), _authority.CertificateText));

        refused.Code.ShouldBe(SecurityCodes.IdentityUnusable);
        refused.Message.ShouldContain("is not for the key");
        identity.Serial.ShouldBe(before);
    }

    [Fact]
    public void A_name_that_breaks_the_rule_makes_no_key()
    {
        Should.Throw<TrustException>(() => SigningRequest.Create(Folder, "w 1")).Code.ShouldBe(SecurityCodes.NotCertified);

        Directory.Exists(Folder).ShouldBeFalse();
    }

    [Fact]
    public void A_signing_request_shows_the_public_key_of_the_key_that_stays_here()
    {
        var request = SigningRequest.Create(Folder, "w1");

        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(Folder, "node.key.next")));
        request.Pem.ShouldNotContain("PRIVATE");
        System.Security.Cryptography.X509Certificates.CertificateRequest.LoadSigningRequestPem(request.Pem, HashAlgorithmName.SHA256)
            .PublicKey.ExportSubjectPublicKeyInfo().ShouldBe(key.ExportSubjectPublicKeyInfo());
    }
}
