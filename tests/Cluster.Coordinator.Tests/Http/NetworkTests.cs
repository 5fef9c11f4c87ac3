using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Identities;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Coordinator.Tests.Http;

/// <summary>The HTTP API on an address that other machines reach.</summary>
[Trait("Promise", "S02")]
public sealed class NetworkTests : IAsyncLifetime
{
    private const string Live = "/healthz/live";

    private readonly string _host = OwnAddress.Require();
    private readonly TestAuthority _authority = new();
    private NodeIdentity _lab = null!;
    private WebApplication _app = null!;
    private Uri _url = null!;
    private ReadyCoordinator _ready = null!;

    public async ValueTask InitializeAsync()
    {
        _lab = _authority.Join(TestAuthority.Lab, NodeRole.Coordinator, _host, "lab.example");
        _app = CoordinatorApplication.Build(Options(_authority.StateOf(TestAuthority.Lab)));
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _ready = await _app.Services.GetRequiredService<CoordinatorReadiness>().WhenReady.Patiently();
        _url = new Uri(_ready.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task It_speaks_https_there_and_makes_no_key_that_nobody_needs()
    {
        (_url.Scheme, _url.Host).ShouldBe(("https", _host));
        _ready.ClusterAddress.ShouldNotBeNull().ShouldStartWith($"{_host}:");
        File.Exists(StateFolder.Resolve(_authority.StateOf(TestAuthority.Lab)).KeyFile).ShouldBeFalse();

        (await StatusAsync(Live)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("/api/v1/searches")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync("/api/v1/searches", token: AccessToken.LoadOrCreate(
            StateFolder.Resolve(_authority.StateOf(TestAuthority.Lab))).Value)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("lab.example", HttpStatusCode.OK)]
    [InlineData("LAB.example:1234", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1", HttpStatusCode.BadRequest)]
    public async Task It_answers_to_what_its_certificate_names(string host, HttpStatusCode status)
    {
        (await StatusAsync(Live, host: host)).ShouldBe(status);
        (await StatusAsync(Live, origin: $"https://{host.Split(':')[0]}")).ShouldBe(
            status == HttpStatusCode.OK ? status : HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Plain_http_on_that_port_gets_nothing_and_does_no_harm()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_url.Host, _url.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes($"GET {Live} HTTP/1.1\r\nHost: {_host}\r\n\r\n"), TestContext.Current.CancellationToken);

        var answer = new byte[100];
        var length = await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken).AsTask().Patiently();

        Encoding.ASCII.GetString(answer, 0, length).ShouldNotContain("HTTP");
        (await StatusAsync(Live)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_certificate_of_the_caller_is_looked_at_when_it_shows_one()
    {
        var worker = _authority.Join("w1", NodeRole.Worker, "10.0.0.6");
        (await StatusAsync(Live, shows: worker.Certificate)).ShouldBe(HttpStatusCode.OK);
        using var elsewhere = new TestAuthority();
        var stranger = elsewhere.Join("w1", NodeRole.Worker, "10.0.0.6");

        _authority.Revoke("w1");

        await Should.ThrowAsync<HttpRequestException>(() => StatusAsync(Live, shows: worker.Certificate));
        await Should.ThrowAsync<HttpRequestException>(() => StatusAsync(Live, shows: stranger.Certificate));
    }

    [Theory]
    [Trait("Promise", "S03")]
    [InlineData(NodeRole.Worker, HttpStatusCode.NotFound, HttpStatusCode.Forbidden)]
    [InlineData(NodeRole.Coordinator, HttpStatusCode.NotFound, HttpStatusCode.Forbidden)]
    [InlineData(NodeRole.Client, HttpStatusCode.NotFound, HttpStatusCode.OK)]
    public async Task The_certificate_of_a_member_opens_artifacts_and_the_list_of_workers_and_that_of_a_client_everything(
        NodeRole role, HttpStatusCode artifacts, HttpStatusCode others)
    {
        var shown = _authority.Join("other", role, "10.0.0.6").Certificate;

        (await StatusAsync("/api/v1/artifacts/info?path=searches/none", shows: shown)).ShouldBe(artifacts);
        (await StatusAsync("/api/v1/searches", shows: shown)).ShouldBe(others);
        (await StatusAsync("/api/v1/cluster", shows: shown)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("/healthz/ready", shows: shown)).ShouldBe(others);
        (await StatusAsync("/api/v1/artifacts/info?path=searches/none", token: "scl_other", shows: shown))
            .ShouldBe(HttpStatusCode.Unauthorized, "a token that is shown has to be the right one");
    }

    [Fact]
    public void The_address_for_workers_alone_is_no_use_to_other_machines()
    {
        var options = Options(_authority.StateOf(TestAuthority.Lab)) with { HttpHost = "127.0.0.1" };

        Should.Throw<CoordinatorStartException>(() => CoordinatorApplication.Build(options)).Message
            .ShouldContain($"Give --host {_host} as well.");
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_without_a_restart()
    {
        var before = await ShownAsync();

        _authority.Join(TestAuthority.Lab, NodeRole.Coordinator, _host);

        var after = await ShownAsync();
        after.ShouldNotBe(before);
        after.ShouldBe(_lab.Certificate.SerialNumber);
    }

    [Theory]
    [InlineData("there is no certificate of this machine", null)]
    [InlineData("is that of a worker", NodeRole.Worker)]
    public void It_does_not_start_without_a_certificate_that_fits(string why, NodeRole? role)
    {
        if (role is { } given)
        {
            _authority.Join("other", given, _host);
        }

        var message = Should.Throw<CoordinatorStartException>(
            () => CoordinatorApplication.Build(Options(_authority.StateOf("other")))).Message;

        message.ShouldContain($"The HTTP address is {_host}");
        message.ShouldContain($"The address for workers is {_host}");
        message.ShouldContain(why);
    }

    [Fact]
    public void A_port_for_workers_that_is_taken_is_told_before_anything_starts()
    {
        var options = Options(_authority.StateOf(TestAuthority.Lab)) with { ClusterPort = _url.Port };

        Should.Throw<CoordinatorStartException>(() => CoordinatorApplication.Build(options)).Message.ShouldBe(
            $"Port {_url.Port} on {_host} is taken by another process. Choose another with --cluster-port, or 0 for any free one.");
    }

    private CoordinatorOptions Options(string state) =>
        TestCoordinator.Options(state, ActorMode.Clustered) with { HttpHost = _host, ClusterHost = _host };

    private async Task<string> ShownAsync()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_url.Host, _url.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(socket.GetStream(), false, (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync(_host);
        return tls.RemoteCertificate!.GetSerialNumberString();
    }

    private async Task<HttpStatusCode> StatusAsync(
        string path, string? host = null, string? origin = null, string? token = null, X509Certificate2? shows = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                LocalCertificateSelectionCallback = shows is null ? null : (_, _, _, _, _) => shows,
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    _lab.Refusal((X509Certificate2?)shown, [NodeRole.Coordinator], _host) is null,
            },
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_url, path));
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
