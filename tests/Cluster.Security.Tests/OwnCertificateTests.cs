using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;

namespace SearchCluster.Security.Tests;

public sealed class OwnCertificateTests : IDisposable
{
    private static readonly NodeRole[] Coordinators = [NodeRole.Coordinator];

    private readonly Folders _folders = new();
    private readonly CertificateAuthority _authority;

    public OwnCertificateTests() => _authority = _folders.Authority();

    private string Folder => _folders.IdentityFolder("lab");

    public void Dispose()
    {
        _authority.Dispose();
        _folders.Dispose();
    }

    [Fact]
    public void The_machine_of_the_authority_gets_one_as_coordinator()
    {
        var (identity, isNew) = Ensure("10.0.0.5", "lab.example");

        isNew.ShouldBeTrue();
        (identity.Name, identity.Role).ShouldBe(("lab", NodeRole.Coordinator));
        identity.Hosts.ShouldBe(["lab.example", "10.0.0.5"], ignoreOrder: true);
        identity.Refusal(identity.Certificate, Coordinators, "10.0.0.5").ShouldBeNull();
    }

    [Fact]
    public void One_that_names_all_hosts_stays()
    {
        var (first, _) = Ensure("10.0.0.5", "lab.example");

        var (second, isNew) = Ensure("lab.example");

        isNew.ShouldBeFalse();
        second.Serial.ShouldBe(first.Serial);
    }

    [Fact]
    public void One_that_does_not_name_a_host_or_is_old_or_broken_is_replaced()
    {
        var serials = new List<string> { Ensure("10.0.0.5").Identity.Serial, Ensure("10.0.0.7").Identity.Serial };
        _folders.Clock.Advance(TimeSpan.FromDays(21));
        serials.Add(Ensure("10.0.0.7").Identity.Serial);
        _folders.Clock.Advance(TimeSpan.FromDays(40));
        serials.Add(Ensure("10.0.0.7").Identity.Serial);
        File.Delete(Path.Combine(Folder, "node.key"));
        serials.Add(Ensure("10.0.0.7").Identity.Serial);

        serials.Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void A_folder_that_is_a_member_of_another_cluster_stays_as_it_is()
    {
        using var other = CertificateAuthority.Create(_folders.PathOf("other", "authority"), _folders.Clock, "other");
        var member = _folders.Join(other, "lab");

        var refused = Should.Throw<TrustException>(() => Ensure("10.0.0.5"));

        refused.Code.ShouldBe(SecurityCodes.IdentityUnusable);
        refused.Message.ShouldStartWith($"{Folder} is that of a member of another cluster");
        NodeIdentity.Find(Folder, _folders.Clock)!.Serial.ShouldBe(member.Serial);
        _authority.Issued.ShouldBeEmpty();
    }

    [Fact]
    public void A_further_authority_that_is_trusted_stays_trusted()
    {
        Ensure("10.0.0.5");
        using var next = CertificateAuthority.Create(_folders.PathOf("next", "authority"), _folders.Clock, "next");
        File.AppendAllText(Path.Combine(Folder, "ca.pem"), next.CertificateText);

        var (identity, _) = Ensure("10.0.0.6");

        identity.Authorities.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Requests_of_several_at_once_leave_a_key_and_a_certificate_that_fit()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => OwnCertificate.Issue(_authority, Folder, "lab", NodeRole.Coordinator, ["10.0.0.5"]))));

        var identity = NodeIdentity.Find(Folder, _folders.Clock).ShouldNotBeNull();
        identity.Certificate.HasPrivateKey.ShouldBeTrue();
        _authority.Issued.Count.ShouldBe(8);
        File.Exists(Path.Combine(Folder, "node.key.next")).ShouldBeFalse();
    }

    private (NodeIdentity Identity, bool IsNew) Ensure(params IReadOnlyList<string> hosts) =>
        OwnCertificate.Ensure(_authority, Folder, "lab", hosts, _folders.Clock);
}
