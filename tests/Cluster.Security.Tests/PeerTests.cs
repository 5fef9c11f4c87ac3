using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;

namespace SearchCluster.Security.Tests;

/// <summary>Who is a member, and who is not.</summary>
public sealed class PeerTests : IDisposable
{
    private static readonly NodeRole[] Workers = [NodeRole.Worker];
    private static readonly NodeRole[] Coordinators = [NodeRole.Coordinator];

    private readonly Folders _folders = new();
    private readonly CertificateAuthority _authority;
    private readonly NodeIdentity _coordinator;
    private readonly NodeIdentity _worker;

    public PeerTests()
    {
        _authority = _folders.Authority();
        _coordinator = _folders.Join(_authority, "lab", NodeRole.Coordinator, ["10.0.0.5", "lab.example"]);
        _worker = _folders.Join(_authority, "w1");
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folders.Dispose();
    }

    [Fact]
    public void A_member_of_the_right_role_is_let_in()
    {
        _coordinator.Refusal(_worker.Certificate, Workers, calledHost: null).ShouldBeNull();
        _worker.Refusal(_coordinator.Certificate, Coordinators, "10.0.0.5").ShouldBeNull();
    }

    [Theory]
    [InlineData("10.0.0.5", true)]
    [InlineData("lab.example", true)]
    [InlineData("LAB.example", true)]
    [InlineData("10.0.0.6", false)]
    [InlineData("lab", false)]
    [InlineData("other.lab.example", false)]
    [InlineData("*", false)]
    [InlineData("", false)]
    public void The_host_that_was_called_is_in_the_certificate(string host, bool isIn) =>
        (_worker.Refusal(_coordinator.Certificate, Coordinators, host) is null).ShouldBe(isIn);

    [Fact]
    public void An_address_of_six_groups_is_found_in_and_without_brackets()
    {
        var coordinator = _folders.Join(_authority, "lab6", NodeRole.Coordinator, ["fd00::5"]);

        _worker.Refusal(coordinator.Certificate, Coordinators, "[fd00::5]").ShouldBeNull();
        _worker.Refusal(coordinator.Certificate, Coordinators, "fd00:0:0::5").ShouldBeNull();
        _worker.Refusal(coordinator.Certificate, Coordinators, "fd00::6").ShouldNotBeNull();
    }

    [Fact]
    public void A_wrong_host_is_told_with_the_right_ones() =>
        _worker.Refusal(_coordinator.Certificate, Coordinators, "10.0.0.9").ShouldBe(
            "The certificate of \"lab\", issued by \"lab\", is not for the host \"10.0.0.9\" that was called, but for lab.example, "
                + "10.0.0.5. Call one of those, or start the coordinator so that it is told that address.");

    [Fact]
    public void Nobody_comes_in_without_a_certificate() =>
        _coordinator.Refusal(null, Workers, null).ShouldStartWith("The other end showed no certificate, but members of this cluster show");

    [Fact]
    public void Another_authority_s_member_is_refused_also_when_that_has_the_same_name()
    {
        using var other = CertificateAuthority.Create(_folders.PathOf("other", "authority"), _folders.Clock, "lab");
        var stranger = _folders.Join(other, "w1-elsewhere");

        _coordinator.Refusal(stranger.Certificate, Workers, null).ShouldStartWith(
            "The certificate of \"w1-elsewhere\", issued by \"lab\", is not one of this cluster: ");
        stranger.Refusal(_coordinator.Certificate, Coordinators, null).ShouldNotBeNull();
    }

    [Fact]
    public void The_fingerprint_of_the_trusted_authority_is_told()
    {
        using var other = CertificateAuthority.Create(_folders.PathOf("other", "authority"), _folders.Clock, "elsewhere");
        var stranger = _folders.Join(other, "w2");

        _coordinator.Refusal(stranger.Certificate, Workers, null).ShouldBe(
            "The certificate of \"w2\", issued by \"elsewhere\", is not one of this cluster: no authority that is trusted here signed it "
                + $"(\"lab\" {_authority.Fingerprint[..16]}…). Let its machine join this cluster with a token, or give the address of the "
                + "coordinator that it belongs to.");
    }

    [Fact]
    public void A_role_that_may_not_be_there_is_told() =>
        _worker.Refusal(_worker.Certificate, Coordinators, null).ShouldBe(
            "The certificate of \"w1\", issued by \"lab\", is that of a worker, but only a coordinator may be at the other end here. Look "
                + "at the address that was called, or let the machine join again with a token of that role.");

    [Fact]
    public void An_authority_itself_is_no_member()
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folders.AuthorityFolder, "ca.pem"));

        _coordinator.Refusal(certificate, Workers, null).ShouldNotBeNull()
            .ShouldContain("it is the certificate of an authority, and not that of a member");
    }

    [Fact]
    public void A_certificate_that_signed_itself_is_refused()
    {
        using var own = SelfSigned("w1", "urn:searchcluster:role:worker");

        _coordinator.Refusal(own, Workers, null).ShouldNotBeNull().ShouldContain("no authority that is trusted here signed it");
    }

    [Fact]
    public void A_member_cannot_sign_another()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=w9", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri("urn:searchcluster:role:coordinator"));
        request.CertificateExtensions.Add(names.Build());
        using var signing = _worker.Certificate.GetECDsaPrivateKey()!;
        using var forged = request.Create(
            _worker.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(signing), Folders.Start, Folders.Start.AddDays(1), [1]);

        _coordinator.Refusal(forged, [NodeRole.Coordinator], null).ShouldNotBeNull().ShouldContain("is not one of this cluster");
    }

    [Fact]
    public void A_certificate_ends_by_the_clock_that_was_given()
    {
        var certificate = _worker.Certificate;
        _folders.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        _coordinator.Refusal(certificate, Workers, null).ShouldBeNull();

        _folders.Clock.Advance(TimeSpan.FromSeconds(1));

        _coordinator.Refusal(certificate, Workers, null).ShouldBe(
            "The certificate of \"w1\", issued by \"lab\", expired at 2026-12-31 07:00:00 UTC; it is 2026-12-31 07:00:00 UTC here. Let its "
                + "machine join again with a new token; if it renewed its certificate in time, set this machine's clock right.");
    }

    [Fact]
    public void The_machine_s_own_clock_does_not_matter()
    {
        _folders.Clock.Advance(TimeSpan.FromDays(1000));
        var coordinator = _folders.Join(_authority, "later", NodeRole.Coordinator);
        var worker = _folders.Join(_authority, "w3");

        coordinator.Refusal(worker.Certificate, Workers, null).ShouldBeNull();
    }

    [Fact]
    public void A_certificate_that_is_not_valid_yet_is_a_matter_of_clocks()
    {
        _folders.Clock.Advance(TimeSpan.FromDays(10));
        _folders.Certify(_authority, "late");
        using var late = X509CertificateLoader.LoadCertificateFromFile(
            Path.Combine(_folders.IdentityFolder("late"), "node.pem"));
        var behind = NodeIdentity.Find(
            _folders.IdentityFolder("lab"), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Folders.Start)).ShouldNotBeNull();

        behind.Refusal(late, Workers, null).ShouldBe(
            "The certificate of \"late\", issued by \"lab\", is valid from 2026-12-11 06:00:00 UTC, but it is 2026-12-01 07:00:00 UTC "
                + "here. Set the clocks of both machines right.");
    }

    [Fact]
    public void A_revoked_member_is_refused_from_the_next_look_on()
    {
        var certificate = _worker.Certificate;
        _coordinator.Refusal(certificate, Workers, null).ShouldBeNull();

        _authority.Revoke("w1");

        _coordinator.Refusal(certificate, Workers, null).ShouldBe(
            $"The certificate {certificate.SerialNumber} of \"w1\" was revoked at 2026-12-01 07:00:00 UTC. If its machine is to be a "
                + "member again, let it join with a new token.");
    }

    [Fact]
    public void A_machine_that_was_told_what_is_revoked_refuses_it_too()
    {
        _worker.Refusal(_coordinator.Certificate, Coordinators, null).ShouldBeNull();
        _authority.Revoke("lab");

        File.Copy(
            Path.Combine(_folders.AuthorityFolder, "revoked.json"), Path.Combine(_folders.IdentityFolder("w1"), "revoked.json"));

        _worker.Refusal(_coordinator.Certificate, Coordinators, null).ShouldNotBeNull().ShouldContain("was revoked at");
    }

    [Fact]
    public void A_list_of_revoked_certificates_that_cannot_be_read_lets_nobody_in()
    {
        var list = Path.Combine(_folders.IdentityFolder("lab"), "revoked.json");
        File.WriteAllText(list, "[");

        _coordinator.Refusal(_worker.Certificate, Workers, null)
            .ShouldStartWith($"Nobody is let in while it is not known which certificates are revoked: {list} is not the list");
    }

    [Fact]
    public void A_certificate_of_one_purpose_only_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=w9", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: true));
        using var authorityKey = ECDsa.Create();
        authorityKey.ImportFromPem(File.ReadAllText(Path.Combine(_folders.AuthorityFolder, "ca.key")));
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folders.AuthorityFolder, "ca.pem"));
        using var half = request.Create(
            authority.SubjectName, X509SignatureGenerator.CreateForECDsa(authorityKey), Folders.Start, Folders.Start.AddDays(1), [1]);

        _coordinator.Refusal(half, Workers, null).ShouldNotBeNull().ShouldContain("it may not be used for both ends of a connection");
    }

    private static X509Certificate2 SelfSigned(string name, string role)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(role));
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(Folders.Start, Folders.Start.AddDays(1));
    }
}
