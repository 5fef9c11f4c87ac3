using System.Net.Security;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Hosting.Cluster.Connections;
using SearchCluster.Hosting.Cluster.Connections.Tls;
using SearchCluster.Security;
using SearchCluster.Security.Identities;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Hosting.Tests.Cluster.Connections;

/// <summary>Who gets through with a certificate, who does not, and what each end learns of it.</summary>
[Trait("Promise", "S02")]
public sealed class TlsHandshakeTests : IDisposable
{
    private const string Address = "10.0.0.5:8643";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TestAuthority _authority;
    private readonly NodeIdentity _coordinator;
    private readonly NodeIdentity _worker;
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    public TlsHandshakeTests()
    {
        _authority = new TestAuthority(_clock);
        _coordinator = _authority.Join(TestAuthority.Lab, NodeRole.Coordinator, "10.0.0.5", "lab.example", "fd00::5");
        _worker = _authority.Join("w1", NodeRole.Worker, "10.0.0.6");
    }

    public void Dispose()
    {
        _deadline.Dispose();
        _authority.Dispose();
    }

    [Theory]
    [InlineData("10.0.0.5:8643")]
    [InlineData("lab.example:8643")]
    [InlineData("[fd00::5]:8643")]
    public async Task A_worker_and_its_coordinator_get_through_and_speak_on(string called)
    {
        using var line = await Line.OpenAsync();

        var (caller, answerer) = await ShakeAsync(line, _worker, _coordinator, called);

        await caller.Stream.WriteAsync("hi"u8.ToArray(), _deadline.Token);
        var heard = new byte[2];
        await answerer.Stream.ReadExactlyAsync(heard, _deadline.Token);
        heard.ShouldBe("hi"u8.ToArray());
        ((SslStream)caller.Stream).SslProtocol.ShouldBeOneOf(
            System.Security.Authentication.SslProtocols.Tls12, System.Security.Authentication.SslProtocols.Tls13);
    }

    [Fact]
    public async Task More_than_a_handshake_may_take_passes_once_it_is_over()
    {
        using var line = await Line.OpenAsync();
        var (caller, answerer) = await ShakeAsync(line, _worker, _coordinator, Address);
        var much = new byte[300_000];

        var sending = caller.Stream.WriteAsync(much, _deadline.Token);
        await answerer.Stream.ReadExactlyAsync(new byte[much.Length], _deadline.Token);
        await sending;
    }

    [Fact]
    public async Task Nobody_calls_a_worker()
    {
        using var line = await Line.OpenAsync();
        var other = _authority.Join("w2", NodeRole.Worker, "10.0.0.7");

        var (caller, answerer) = await FaultsAsync(line, _worker, other, "10.0.0.7:1");

        (caller.Fault, answerer.Fault).ShouldBe((HandshakeFault.Refused, HandshakeFault.TurnedAway));
        caller.Describe("x").ShouldContain("is that of a worker, but only a coordinator may be at the other end");
    }

    [Fact]
    public async Task A_member_of_another_cluster_is_told_on_both_ends()
    {
        using var line = await Line.OpenAsync();
        using var elsewhere = new TestAuthority(_clock);
        var stranger = elsewhere.Join("w1", NodeRole.Worker, "10.0.0.6");

        var (caller, answerer) = await FaultsAsync(line, stranger, _coordinator, Address);

        (caller.Fault, answerer.Fault).ShouldBe((HandshakeFault.Refused, HandshakeFault.Refused));
        answerer.Describe("x").ShouldContain("is not one of this cluster");
    }

    [Fact]
    public async Task A_client_is_no_member_and_learns_that_it_is_turned_away()
    {
        using var line = await Line.OpenAsync();
        var client = _authority.Join("laptop", NodeRole.Client, "10.0.0.9");

        var (caller, answerer) = await FaultsAsync(line, client, _coordinator, Address);

        (caller.Fault, answerer.Fault).ShouldBe((HandshakeFault.TurnedAway, HandshakeFault.Refused));
        answerer.Describe("x").ShouldContain("is that of a client, but only a coordinator or a worker may be at the other end");
        caller.Describe("x").ShouldContain("its own log says why");
    }

    [Fact]
    public async Task One_that_answers_at_anothers_address_is_not_believed()
    {
        using var line = await Line.OpenAsync();

        var (caller, answerer) = await FaultsAsync(line, _worker, _coordinator, "10.0.0.99:8643");

        (caller.Fault, answerer.Fault).ShouldBe((HandshakeFault.Refused, HandshakeFault.TurnedAway));
        caller.Describe("x").ShouldContain("is not for the host \"10.0.0.99\" that was called");
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        using var line = await Line.OpenAsync();
        _clock.Advance(TimeSpan.FromDays(20));
        var renewed = _authority.Join(TestAuthority.Lab, NodeRole.Coordinator, "10.0.0.5");
        _clock.Advance(TimeSpan.FromDays(15));

        var (caller, answerer) = await FaultsAsync(line, _worker, renewed, Address);

        (caller.Fault, answerer.Fault).ShouldBe((HandshakeFault.TurnedAway, HandshakeFault.Refused));
        answerer.Describe("x").ShouldContain("expired at");
    }

    [Fact]
    public async Task A_certificate_that_is_revoked_or_expires_while_the_connection_is_open_is_objected_to()
    {
        using var line = await Line.OpenAsync();
        var (caller, answerer) = await ShakeAsync(line, _worker, _coordinator, Address);
        (caller.Objection(), answerer.Objection()).ShouldBe((null, null));

        _authority.Revoke("w1");

        answerer.Objection().ShouldNotBeNull().ShouldContain("was revoked");
        _clock.Advance(TimeSpan.FromDays(40));
        caller.Objection().ShouldNotBeNull().ShouldContain("expired at");
    }

    [Fact]
    public async Task A_coordinator_is_known_by_no_host_that_its_certificate_does_not_name()
    {
        using var line = await Line.OpenAsync();
        var standby = _authority.Join("standby", NodeRole.Coordinator, "10.0.0.6");
        var (_, answerer) = await ShakeAsync(line, standby, _coordinator, Address);

        answerer.ObjectionTo("10.0.0.6").ShouldBeNull();
        answerer.ObjectionTo("10.0.0.5").ShouldNotBeNull().ShouldContain("is not for the host \"10.0.0.5\"");
        answerer.ObjectionTo("0.0.0.0").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_from_the_next_connection_on()
    {
        using var first = await Line.OpenAsync();
        using var second = await Line.OpenAsync();
        var guard = new TlsHandshake(_coordinator);
        await ShakeAsync(first, _worker, guard, Address);

        _authority.Join(TestAuthority.Lab, NodeRole.Coordinator, "10.0.0.5");
        var (caller, _) = await ShakeAsync(second, _worker, guard, Address);

        ((SslStream)caller.Stream).RemoteCertificate!.GetSerialNumberString().ShouldBe(_coordinator.Certificate.SerialNumber);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("SCKey001abcdefghijklmnopqrstuvwxyz012345")]
    [InlineData("\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001")]
    public async Task What_is_no_tls_is_garbage_at_once(string bytes)
    {
        using var line = await Line.OpenAsync();
        var answer = new TlsHandshake(_coordinator).AnswerAsync(line.There, Address, _deadline.Token);

        await line.Here.WriteAsync(System.Text.Encoding.Latin1.GetBytes(bytes), _deadline.Token);

        (await FaultOfAsync(answer)).Fault.ShouldBe(HandshakeFault.Garbage);
    }

    [Theory]
    [InlineData("http/1.1", true)]
    [InlineData("searchcluster-member/1", false)]
    public async Task A_tls_client_of_another_protocol_or_without_a_certificate_is_garbage(string protocol, bool showsCertificate)
    {
        using var line = await Line.OpenAsync();
        var answer = new TlsHandshake(_coordinator).AnswerAsync(line.There, Address, _deadline.Token);
        await using var client = new SslStream(line.Here, leaveInnerStreamOpen: true);

        var call = client.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "10.0.0.5",
                ApplicationProtocols = [new SslApplicationProtocol(protocol)],
                ClientCertificates = showsCertificate ? [_worker.Certificate] : [],
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            },
            _deadline.Token);

        (await FaultOfAsync(answer)).Fault.ShouldBe(HandshakeFault.Garbage);
        line.There.Dispose();
        await Record.ExceptionAsync(() => call);
    }

    [Fact]
    public async Task A_hello_without_end_is_not_collected()
    {
        using var line = await Line.OpenAsync();
        var answer = new TlsHandshake(_coordinator).AnswerAsync(line.There, Address, _deadline.Token);

        // Records of 16 KiB of one handshake message that says it has 100,000 bytes.
        byte[] hello = [1, 1, 134, 160, .. new byte[16_380]];
        await line.Here.WriteAsync((byte[])[22, 3, 1, 64, 0, .. hello], _deadline.Token);
        await Record.ExceptionAsync(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                await line.Here.WriteAsync((byte[])[22, 3, 1, 64, 0, .. new byte[16_384]], _deadline.Token);
            }
        });

        (await FaultOfAsync(answer)).Fault.ShouldBe(HandshakeFault.Garbage);
    }

    private Task<(Peer Caller, Peer Answerer)> ShakeAsync(Line line, NodeIdentity caller, NodeIdentity answerer, string called) =>
        ShakeAsync(line, caller, new TlsHandshake(answerer), called);

    private async Task<(Peer Caller, Peer Answerer)> ShakeAsync(Line line, NodeIdentity caller, TlsHandshake answerer, string called)
    {
        var answer = answerer.AnswerAsync(line.There, called, _deadline.Token);
        return (await new TlsHandshake(caller).CallAsync(line.Here, called, _deadline.Token), await answer);
    }

    private async Task<(HandshakeException Caller, HandshakeException Answerer)> FaultsAsync(
        Line line, NodeIdentity caller, NodeIdentity answerer, string called)
    {
        var answer = new TlsHandshake(answerer).AnswerAsync(line.There, called, _deadline.Token);
        var call = new TlsHandshake(caller).CallAsync(line.Here, called, _deadline.Token);
        return (await FaultOfAsync(call), await FaultOfAsync(answer));
    }

    private static Task<HandshakeException> FaultOfAsync(Task handshake) => Should.ThrowAsync<HandshakeException>(() => handshake);
}
