using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Cli.Commands.Machine;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;

namespace SearchCluster.Cli.Tests.Commands.Members;

public sealed class CertsTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public CertsTests() => _cli.Clock = TimeProvider.System;

    private string State => Path.Combine(_cli.Folder, "state");

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_authority_s_machine_shows_itself_and_all_members()
    {
        using var authority = Cluster();

        (await _cli.RunAsync("certs", "show", "--json", "--state", State)).ShouldBe(0, _cli.Error);

        using var document = JsonDocument.Parse(_cli.Out);
        var root = document.RootElement;
        root.GetProperty("authority").GetProperty("fingerprint").GetString().ShouldBe(authority.Fingerprint);
        root.GetProperty("own").GetProperty("name").GetString().ShouldBe("lab");
        root.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("name").GetString()).ShouldBe(["lab", "lab2"]);
        root.GetProperty("members")[1].GetProperty("hosts")[0].GetString().ShouldBe("10.0.0.6");
    }

    [Fact]
    public async Task A_revoked_member_is_shown_as_one()
    {
        using var authority = Cluster();

        (await _cli.RunAsync("certs", "revoke", "lab2", "--state", State)).ShouldBe(0, _cli.Error);
        (await _cli.RunAsync("certs", "show", "--state", State)).ShouldBe(0);

        _cli.Error.ShouldContain("1 certificate of lab2 revoked. It can join again only with a new token.");
        _cli.Out.ShouldContain("revoked");
        authority.Revoked.Single().Name.ShouldBe("lab2");
        (await _cli.RunAsync("certs", "revoke", "lab2", "--state", State)).ShouldBe(0);
        _cli.Error.ShouldContain("All certificates of lab2 were revoked before.");
    }

    [Fact]
    public async Task A_member_that_there_is_not_cannot_be_revoked()
    {
        using var authority = Cluster();

        (await _cli.RunAsync("certs", "revoke", "lab3", "--state", State)).ShouldBe(4);

        _cli.Error.ShouldContain($"{SecurityCodes.NotIssued}: No certificate in use has the number or the name \"lab3\". Did you mean");
    }

    [Fact]
    public async Task Where_there_are_none_it_says_so()
    {
        (await _cli.RunAsync("certs", "show", "--state", State)).ShouldBe(0);

        _cli.Error.ShouldContain("No certificates here: this state folder is that of one machine.");
    }

    [Fact]
    public async Task Where_there_is_no_authority_nothing_is_revoked()
    {
        (await _cli.RunAsync("certs", "revoke", "lab2", "--state", State)).ShouldBe(6);

        _cli.Error.ShouldContain(SecurityCodes.AuthorityUnusable);
        Directory.Exists(State).ShouldBeFalse();
    }

    [Fact]
    public async Task The_coordinator_gets_one_for_the_addresses_that_others_call()
    {
        (await _cli.RunAsync("certs", "issue", "10.0.0.5", "lab.example", "--name", "lab", "--state", State)).ShouldBe(0, _cli.Error);

        _cli.Error.ShouldContain("Made the authority of this cluster in");
        _cli.Out.ShouldContain("this machine  lab (coordinator), ");
        var identity = NodeIdentity.Find(Path.Combine(State, NodeIdentity.FolderName), TimeProvider.System).ShouldNotBeNull();
        identity.Hosts.ShouldBe(["lab.example", "10.0.0.5"], ignoreOrder: true);
        var before = identity.Serial;
        (await _cli.RunAsync("certs", "issue", "10.0.0.6", "--state", State)).ShouldBe(0, _cli.Error);
        identity.Serial.ShouldNotBe(before);
        identity.Hosts.ShouldBe(["10.0.0.6"]);
    }

    [Theory]
    [InlineData(3, "names no machine", "10.0.0.5", "*.example")]
    [InlineData(3, "is no name for a certificate", "10.0.0.5", "--name", "a b")]
    public async Task What_no_certificate_can_name_is_refused(int exitCode, string why, params string[] arguments)
    {
        (await _cli.RunAsync(["certs", "issue", .. arguments, "--state", State])).ShouldBe(exitCode, _cli.Error);

        _cli.Error.ShouldContain(SecurityCodes.NotCertified);
        _cli.Error.ShouldContain(why);
        NodeIdentity.Find(Path.Combine(State, NodeIdentity.FolderName), TimeProvider.System).ShouldBeNull();
    }

    [Fact]
    public async Task A_member_of_another_cluster_gets_none_here()
    {
        using var other = CertificateAuthority.Create(Path.Combine(_cli.Folder, "other"), TimeProvider.System, "other");
        Certify(other, Path.Combine(State, NodeIdentity.FolderName), "lab2", NodeRole.Worker, "10.0.0.6");

        (await _cli.RunAsync("certs", "issue", "10.0.0.5", "--state", State)).ShouldBe(6);

        _cli.Error.ShouldContain("is that of a member of another cluster");
    }

    [Fact]
    public void The_doctor_tells_how_long_certificates_last_and_when_one_is_to_be_renewed()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var state = StateFolder.Resolve(State);
        CertificateCheck.Run(state, clock).Result.ShouldBe(CheckResult.Ok);
        using var authority = Cluster();

        var fresh = CertificateCheck.Run(state, clock);
        fresh.Result.ShouldBe(CheckResult.Ok);
        fresh.Detail.ShouldStartWith("lab is a coordinator until ");
        clock.Advance(TimeSpan.FromDays(25));
        CertificateCheck.Run(state, clock).Result.ShouldBe(CheckResult.Note);
        clock.Advance(TimeSpan.FromDays(10));
        CertificateCheck.Run(state, clock).Result.ShouldBe(CheckResult.Problem);
        CertificateCheck.Run(state, clock).Detail.ShouldContain("expired at");
    }

    [Fact]
    public void The_doctor_names_a_broken_file()
    {
        using var authority = Cluster();
        File.WriteAllText(Path.Combine(State, NodeIdentity.FolderName, "ca.pem"), "hello");

        var check = CertificateCheck.Run(StateFolder.Resolve(State), TimeProvider.System);

        check.Result.ShouldBe(CheckResult.Problem);
        check.Detail.ShouldContain("ca.pem holds no certificate that can be read");
    }

    private CertificateAuthority Cluster()
    {
        var authority = CertificateAuthority.OpenOrCreate(
            Path.Combine(State, CertificateAuthority.FolderName), TimeProvider.System, "lab");
        Certify(authority, Path.Combine(State, NodeIdentity.FolderName), "lab", NodeRole.Coordinator, "10.0.0.5");
        Certify(authority, Path.Combine(_cli.Folder, "lab2"), "lab2", NodeRole.Worker, "10.0.0.6");
        return authority;
    }

    private static void Certify(CertificateAuthority authority, string folder, string name, NodeRole role, string host)
    {
        var request = SigningRequest.Create(folder, name);
        request.Accept(authority.Issue(request.Pem, name, role, [host]), authority.CertificateText);
    }
}
