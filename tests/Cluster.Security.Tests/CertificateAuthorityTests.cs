using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Certificates;
using SearchCluster.Security.Identities;

namespace SearchCluster.Security.Tests;

public sealed class CertificateAuthorityTests : IDisposable
{
    private readonly Folders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void An_authority_lasts_five_years_and_may_sign_certificates_only()
    {
        using var authority = _folders.Authority();

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folders.AuthorityFolder, "ca.pem"));
        authority.Expires.ShouldBe(Folders.Start.AddDays(1825));
        authority.Fingerprint.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)));
        CertificateFacts.IsAuthority(certificate).ShouldBeTrue();
        certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages
            .ShouldBe(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign);
        certificate.GetECDsaPublicKey()!.KeySize.ShouldBe(256);
    }

    [Fact]
    public void Only_its_owner_can_use_the_key_and_look_into_the_folder()
    {
        using var authority = _folders.Authority();

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(_folders.AuthorityFolder, "ca.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(_folders.AuthorityFolder)
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task All_who_open_or_create_at_once_get_one_authority()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
        {
            using var authority = _folders.Authority();
            return authority.Fingerprint;
        }))).Patiently();

        all.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void A_second_authority_does_not_take_the_place_of_the_first()
    {
        using var first = CertificateAuthority.Create(_folders.AuthorityFolder, _folders.Clock, "lab");

        var refused = Should.Throw<TrustException>(() => CertificateAuthority.Create(_folders.AuthorityFolder, _folders.Clock, "lab"));

        refused.Code.ShouldBe(SecurityCodes.AuthorityUnusable);
        refused.Message.ShouldBe(
            $"{_folders.AuthorityFolder} holds an authority already, and members trust it. Use it, or another folder.");
        using var opened = CertificateAuthority.Open(_folders.AuthorityFolder, _folders.Clock);
        opened.Fingerprint.ShouldBe(first.Fingerprint);
    }

    [Fact]
    public void A_certificate_names_its_holder_role_and_hosts_for_thirty_days()
    {
        using var authority = _folders.Authority();

        using var leaf = X509Certificate2.CreateFromPem(Issue(authority, "w1", NodeRole.Worker, "10.0.0.6", "node6.lab", "fe80::1"));

        CertificateFacts.NameOf(leaf).ShouldBe("w1");
        CertificateFacts.RoleOf(leaf).ShouldBe(NodeRole.Worker);
        CertificateFacts.HostsOf(leaf).ShouldBe(["node6.lab", "10.0.0.6", "fe80::1"]);
        CertificateFacts.Expires(leaf).ShouldBe(Folders.Start.AddDays(30));
        CertificateFacts.IsAuthority(leaf).ShouldBeFalse();
        leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(purpose => purpose.Value)
            .ShouldBe(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
    }

    [Fact]
    public void A_certificate_does_not_outlive_its_authority()
    {
        using var authority = _folders.Authority();
        _folders.Clock.Advance(TimeSpan.FromDays(1820));

        using var leaf = X509Certificate2.CreateFromPem(Issue(authority, "w1", NodeRole.Worker));

        CertificateFacts.Expires(leaf).ShouldBe(authority.Expires);
    }

    [Fact]
    public void A_request_that_asks_for_more_gets_its_key_certified_and_nothing_else()
    {
        using var authority = _folders.Authority();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var greedy = new CertificateRequest("CN=coordinator, O=everything", key, HashAlgorithmName.SHA256);
        greedy.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("coordinator.lab");
        names.AddUri(new Uri("urn:searchcluster:role:coordinator"));
        greedy.CertificateExtensions.Add(names.Build());

        using var leaf = X509Certificate2.CreateFromPem(
            authority.Issue(greedy.CreateSigningRequestPem(), "w1", NodeRole.Worker, ["10.0.0.6"]));

        leaf.Subject.ShouldBe("CN=w1");
        CertificateFacts.RoleOf(leaf).ShouldBe(NodeRole.Worker);
        CertificateFacts.HostsOf(leaf).ShouldBe(["10.0.0.6"]);
        CertificateFacts.IsAuthority(leaf).ShouldBeFalse();
        leaf.PublicKey.ExportSubjectPublicKeyInfo().ShouldBe(key.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void Who_does_not_show_the_private_key_gets_no_certificate()
    {
        using var authority = _folders.Authority();
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stolen = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("CN=w1"), new PublicKey(stolen), HashAlgorithmName.SHA256);
        var pem = request.CreateSigningRequestPem(X509SignatureGenerator.CreateForECDsa(own));

        var refused = Should.Throw<TrustException>(() => authority.Issue(pem, "w1", NodeRole.Worker, []));

        refused.Code.ShouldBe(SecurityCodes.NotCertified);
        refused.Message.ShouldContain("is not signed with the key that belongs to it");
        authority.Issued.ShouldBeEmpty();
    }

    [Fact]
    public void A_key_of_another_kind_is_refused()
    {
        using var authority = _folders.Authority();
        using var rsa = RSA.Create(2048);
        var pem = new CertificateRequest("CN=w1", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem();

        Should.Throw<TrustException>(() => authority.Issue(pem, "w1", NodeRole.Worker, []))
            .Message.ShouldBe("The signing request has a key of another kind; use ECDSA with the curve P-256 or P-384.");
    }

    [Theory]
    [InlineData("", "\"\" is no name for a certificate; use 1 to 64 of letters, digits, '-', '_', '.' and ':'.")]
    [InlineData("w1,O=lab", "\"w1,O=lab\" is no name for a certificate; use 1 to 64 of letters, digits, '-', '_', '.' and ':'.")]
    public void A_name_that_breaks_the_rule_is_refused(string name, string message)
    {
        using var authority = _folders.Authority();

        Should.Throw<TrustException>(() => Issue(authority, name, NodeRole.Worker)).Message.ShouldBe(message);
    }

    [Theory]
    [InlineData("*.lab")]
    [InlineData("10.1")]
    [InlineData("lab:8642")]
    [InlineData("http://lab")]
    [InlineData("fe80::1%eth0")]
    [InlineData("")]
    public void A_host_that_is_more_than_one_machine_or_none_is_refused(string host)
    {
        using var authority = _folders.Authority();

        Should.Throw<TrustException>(() => Issue(authority, "w1", NodeRole.Worker, host))
            .Message.ShouldBe($"\"{host}\" names no machine; give a host name without wildcards, or an IP address.");
    }

    [Fact]
    public void A_revoked_name_means_all_its_certificates_and_an_earlier_one_stays_revoked()
    {
        using var authority = _folders.Authority();
        Issue(authority, "w1", NodeRole.Worker);
        Issue(authority, "w2", NodeRole.Worker);
        Issue(authority, "w1", NodeRole.Worker);

        authority.Revoke("w1").Count.ShouldBe(2);

        authority.Revoke("w1").ShouldBeEmpty();
        using var other = CertificateAuthority.Open(_folders.AuthorityFolder, _folders.Clock);
        other.Revoked.Select(entry => entry.Name).ShouldBe(["w1", "w1"]);
        other.Revoked.ShouldAllBe(entry => entry.At == Folders.Start);
    }

    [Fact]
    public void A_number_revokes_one_certificate_whatever_case_it_is_written_in()
    {
        using var authority = _folders.Authority();
        Issue(authority, "w1", NodeRole.Worker);
        Issue(authority, "w1", NodeRole.Worker);
        var serial = authority.Issued[1].Serial;

        authority.Revoke(serial.ToLowerInvariant()).Single().Serial.ShouldBe(serial);

        authority.Revoked.Count.ShouldBe(1);
    }

    [Fact]
    public void What_was_never_issued_cannot_be_revoked_and_a_mistyped_name_is_suggested()
    {
        using var authority = _folders.Authority();
        Issue(authority, "worker-7", NodeRole.Worker);

        var refused = Should.Throw<TrustException>(() => authority.Revoke("workr-7"));

        refused.Code.ShouldBe(SecurityCodes.NotIssued);
        refused.Message.ShouldBe(
            "No certificate in use has the number or the name \"workr-7\". Did you mean \"worker-7\"? searchcluster certs show "
                + "lists them.");
    }

    [Fact]
    public void An_expired_certificate_leaves_the_list()
    {
        using var authority = _folders.Authority();
        Issue(authority, "w1", NodeRole.Worker);
        _folders.Clock.Advance(TimeSpan.FromDays(31));
        Issue(authority, "w2", NodeRole.Worker);

        authority.Issued.Select(entry => entry.Name).ShouldBe(["w2"]);
    }

    [Fact]
    public async Task Certificates_issued_at_once_are_all_remembered()
    {
        using var authority = _folders.Authority();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => Issue(authority, $"w{i}", NodeRole.Worker)))).Patiently();

        authority.Issued.Select(entry => entry.Serial).Distinct().Count().ShouldBe(40);
    }

    private string Issue(CertificateAuthority authority, string name, NodeRole role, params string[] hosts)
    {
        var request = SigningRequest.Create(_folders.IdentityFolder(Path.GetRandomFileName()), "any");
        return authority.Issue(request.Pem, name, role, hosts);
    }
}
