using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;
using SearchCluster.Security.Joining;

namespace SearchCluster.Security.Tests;

/// <summary>Who gets a certificate, and who gets a new one.</summary>
public sealed class AdmissionTests : IDisposable
{
    private readonly Folders _folders = new();
    private readonly CertificateAuthority _authority;
    private readonly JoinTokens _tokens;
    private readonly Admission _admission;

    public AdmissionTests()
    {
        _authority = _folders.Authority();
        _tokens = new JoinTokens(_authority, _folders.Clock);
        _admission = new Admission(_authority, _tokens, _folders.Clock);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folders.Dispose();
    }

    [Fact]
    public void Who_is_admitted_is_a_member_in_the_token_s_role()
    {
        var token = _tokens.Create(NodeRole.Worker, TimeSpan.FromDays(1), 1);
        var request = SigningRequest.Create(_folders.IdentityFolder("w1"), "w1");

        var (certificate, role) = _admission.Admit(token, request.Pem, "w1", ["10.0.0.6"]);

        role.ShouldBe(NodeRole.Worker);
        request.Accept(certificate, _authority.CertificateText);
        var worker = NodeIdentity.Find(_folders.IdentityFolder("w1"), _folders.Clock).ShouldNotBeNull();
        _folders.Join(_authority, "lab", NodeRole.Coordinator).Refusal(worker.Certificate, [NodeRole.Worker], null).ShouldBeNull();
    }

    [Fact]
    public void A_request_that_is_refused_uses_up_nothing()
    {
        var token = _tokens.Create(NodeRole.Worker, TimeSpan.FromDays(1), 1);
        var request = SigningRequest.Create(_folders.IdentityFolder("w1"), "w1");

        Should.Throw<TrustException>(() => _admission.Admit(token, request.Pem, "w1", ["*.lab"])).Code.ShouldBe(SecurityCodes.NotCertified);
        Should.Throw<TrustException>(() => _admission.Admit(token, "hello", "w1", [])).Code.ShouldBe(SecurityCodes.NotCertified);

        _tokens.Entries.Single().UsesLeft.ShouldBe(1);
    }

    [Fact]
    public void A_member_gets_a_new_certificate_for_a_new_key_with_what_the_old_one_says()
    {
        var member = _folders.Join(_authority, "w1", NodeRole.Worker, ["10.0.0.6", "node6.lab"]);
        var before = member.Certificate;
        _folders.Clock.Advance(TimeSpan.FromDays(25));
        var request = SigningRequest.Create(member.Folder, "w1");

        var (certificate, name, role) = _admission.Renew(before.ExportCertificatePem(), request.Pem, member.SignRenewal(request.Pem));

        (name, role).ShouldBe(("w1", NodeRole.Worker));
        request.Accept(certificate, _authority.CertificateText);
        member.Hosts.ShouldBe(["node6.lab", "10.0.0.6"], ignoreOrder: true);
        member.Expires.ShouldBe(Folders.Start.AddDays(55));
        member.Certificate.PublicKey.ExportSubjectPublicKeyInfo().ShouldNotBe(before.PublicKey.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void Whoever_lacks_the_key_of_a_certificate_renews_nothing_with_it()
    {
        var member = _folders.Join(_authority, "w1");
        var thief = _folders.Join(_authority, "w2");
        var request = SigningRequest.Create(thief.Folder, "w1");

        Refusal(() => _admission.Renew(member.Certificate.ExportCertificatePem(), request.Pem, thief.SignRenewal(request.Pem)))
            .ShouldBe($"The request to renew the certificate {member.Serial} is not signed with its key. Sign it with that key, or let the "
                + "machine join again with a new token.");
        Refusal(() => _admission.Renew(member.Certificate.ExportCertificatePem(), request.Pem, [1, 2, 3])).ShouldContain("is not signed");
    }

    [Fact]
    public void A_signature_holds_for_one_request_only()
    {
        var member = _folders.Join(_authority, "w1");
        var own = SigningRequest.Create(member.Folder, "w1");
        var signature = member.SignRenewal(own.Pem);
        var other = SigningRequest.Create(_folders.IdentityFolder("thief"), "w1");

        Refusal(() => _admission.Renew(member.Certificate.ExportCertificatePem(), other.Pem, signature)).ShouldContain("is not signed");
    }

    [Fact]
    public void An_expired_certificate_is_not_renewed()
    {
        var member = _folders.Join(_authority, "w1");
        var request = SigningRequest.Create(member.Folder, "w1");
        _folders.Clock.Advance(TimeSpan.FromDays(30));

        Refusal(() => _admission.Renew(member.Certificate.ExportCertificatePem(), request.Pem, member.SignRenewal(request.Pem)))
            .ShouldContain("expired at 2026-12-31 07:00:00 UTC");
    }

    [Fact]
    public void A_revoked_certificate_is_not_renewed()
    {
        var member = _folders.Join(_authority, "w1");
        var request = SigningRequest.Create(member.Folder, "w1");
        _authority.Revoke("w1");

        Refusal(() => _admission.Renew(member.Certificate.ExportCertificatePem(), request.Pem, member.SignRenewal(request.Pem)))
            .ShouldContain("was revoked at 2026-12-01 07:00:00 UTC");
    }

    [Fact]
    public void A_member_of_another_cluster_gets_nothing()
    {
        using var other = CertificateAuthority.Create(_folders.PathOf("other"), _folders.Clock, "lab");
        var member = _folders.Join(other, "w1");
        var request = SigningRequest.Create(member.Folder, "w1");

        Refusal(() => _admission.Renew(member.Certificate.ExportCertificatePem(), request.Pem, member.SignRenewal(request.Pem)))
            .ShouldContain("is not one of this cluster");
    }

    private static string Refusal(Action renew)
    {
        var refused = Should.Throw<TrustException>(renew);
        refused.Code.ShouldBe(SecurityCodes.NotRenewed);
        return refused.Message;
    }
}
