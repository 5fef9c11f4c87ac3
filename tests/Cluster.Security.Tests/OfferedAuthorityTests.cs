using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;
using SearchCluster.Security.Joining;

namespace SearchCluster.Security.Tests;

public sealed class OfferedAuthorityTests : IDisposable
{
    private const string Place = "10.0.0.5:8642";

    private readonly Folders _folders = new();
    private readonly CertificateAuthority _authority;
    private readonly JoinToken _token;

    public OfferedAuthorityTests()
    {
        _authority = _folders.Authority();
        _token = new JoinTokens(_authority, _folders.Clock).Create(NodeRole.Worker, TimeSpan.FromHours(1), 1);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folders.Dispose();
    }

    [Fact]
    public void The_authority_of_the_token_says_who_is_the_coordinator()
    {
        var offered = OfferedAuthority.Verify(_authority.CertificateText, _token, Place, _folders.Clock);
        var lab = _folders.Join(_authority, "lab", NodeRole.Coordinator, ["10.0.0.5"]);
        var worker = _folders.Join(_authority, "w1", NodeRole.Worker, ["10.0.0.5"]);

        offered.Refusal(lab.Certificate, "10.0.0.5").ShouldBeNull();
        offered.Refusal(lab.Certificate, "10.0.0.6").ShouldNotBeNull().ShouldContain("is not for the host \"10.0.0.6\" that was called");
        offered.Refusal(worker.Certificate, "10.0.0.5").ShouldNotBeNull().ShouldContain("is that of a worker");
        offered.Refusal(null, "10.0.0.5").ShouldNotBeNull();
        _folders.Clock.Advance(TimeSpan.FromDays(31));
        offered.Refusal(lab.Certificate, "10.0.0.5").ShouldNotBeNull().ShouldContain("expired");
    }

    [Fact]
    public void Another_authority_is_told_with_both_hashes_and_without_the_secret()
    {
        using var other = CertificateAuthority.Create(_folders.PathOf("other", "authority"), _folders.Clock, "other");

        var refused = Should.Throw<TrustException>(() => OfferedAuthority.Verify(other.CertificateText, _token, Place, _folders.Clock));

        refused.Code.ShouldBe(SecurityCodes.OtherAuthority);
        refused.Message.ShouldContain(other.Fingerprint[..32]);
        refused.Message.ShouldContain(_authority.Fingerprint[..32]);
        refused.Message.ShouldContain("The token was not sent");
        refused.Message.ShouldNotContain(_token.Value.Split('.')[3]);
    }

    [Fact]
    public void What_is_no_certificate_is_refused() =>
        Should.Throw<TrustException>(() => OfferedAuthority.Verify("hello", _token, Place, _folders.Clock)).Code
            .ShouldBe(SecurityCodes.OtherAuthority);

    [Fact]
    public void An_authority_that_is_told_again_is_not_added_twice()
    {
        var member = _folders.Join(_authority, "w1");
        using var next = CertificateAuthority.Create(_folders.PathOf("next", "authority"), _folders.Clock, "next");

        member.AuthoritiesWith(_authority.CertificateText).ShouldBe(_authority.CertificateText);
        member.AuthoritiesWith(next.CertificateText).ShouldBe(_authority.CertificateText + next.CertificateText);
        member.TrustsAny(_token.IsFor).ShouldBeTrue();
        NodeIdentity.Find(member.Folder, _folders.Clock)!.TrustsAny(fingerprint => fingerprint == next.Fingerprint).ShouldBeFalse();
    }
}
