using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Coordinator.Hosting;
using SearchCluster.Coordinator.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Membership;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;
using SearchCluster.Security.Joining;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Cli.Tests.Joining;

/// <summary><c>join --only</c> with a coordinator on an address of this machine.</summary>
public sealed class JoinTests : IAsyncLifetime
{
    private readonly string _host = OwnAddress.Require();
    private readonly CliHarness _cli = new() { Clock = TimeProvider.System };
    private readonly TestAuthority _cluster = new();
    private WebApplication? _app;
    private string _address = "";

    private string State => Path.Combine(_cli.Folder, "state");

    public async ValueTask InitializeAsync()
    {
        _cluster.Join(TestAuthority.Lab, NodeRole.Coordinator, _host);
        await StartAsync(0);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _cluster.Dispose();
        _cli.Dispose();
    }

    [Fact]
    public async Task A_machine_joins_with_address_and_token_and_stays_a_member_without_them()
    {
        var token = Token();

        (await JoinAsync(_address, "--token", token.Value, "--node", "gpu1", "--json")).ShouldBe(0, _cli.Error);
        (await JoinAsync("--json")).ShouldBe(0, _cli.Error);

        var lines = _cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        lines[0].GetProperty("schema").GetString().ShouldBe("searchcluster/join@1");
        lines.Select(line => line.GetProperty("isNew").GetBoolean()).ShouldBe([true, false]);
        lines.ShouldAllBe(line => line.GetProperty("name").GetString() == "gpu1" && line.GetProperty("role").GetString() == "worker");
        lines[0].GetProperty("url").GetString().ShouldBe($"https://{_address}");
        var identity = NodeIdentity.Find(StateFolder.Resolve(State).IdentityFolder, TimeProvider.System).ShouldNotBeNull();
        identity.Certificate.HasPrivateKey.ShouldBeTrue();
        JoinedCluster.TryRead(StateFolder.Resolve(State))!.ClusterAddress.ShouldStartWith($"{_host}:");
        Entry(token).UsesLeft.ShouldBe(0);
        _cli.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{0} {1}")]
    [InlineData("searchcluster join {0} --token {1}\n")]
    [InlineData("# for the second machine\nsearchcluster join {0} --token {1}")]
    public async Task The_line_may_come_from_a_file(string line)
    {
        var file = _cli.Write(
            "invitation.txt", string.Format(System.Globalization.CultureInfo.InvariantCulture, line, _address, Token().Value));

        (await JoinAsync("--from", file)).ShouldBe(0, _cli.Error);

        _cli.Error.ShouldContain($"has joined the cluster at https://{_address} as worker.");
    }

    [Fact]
    public async Task The_line_may_come_from_the_environment_or_standard_input()
    {
        _cli.Variables["SEARCHCLUSTER_JOIN"] = $"{_address} {Token().Value}";
        (await JoinAsync()).ShouldBe(0, _cli.Error);
        Directory.Delete(State, recursive: true);
        _cli.Variables.Clear();
        _cli.Input = $"{_address} {Token().Value}\n";

        (await JoinAsync("--from", "-")).ShouldBe(0, _cli.Error);
    }

    [Fact]
    public async Task A_token_of_another_cluster_is_not_sent()
    {
        using var elsewhere = new TestAuthority();
        var token = Token(elsewhere);

        (await JoinAsync(_address, "--token", token.Value)).ShouldBe(6);

        _cli.Error.ShouldContain($"{SecurityCodes.OtherAuthority}: {_address} belongs to another cluster than the token");
        ShouldHaveJoinedNothing(token);
    }

    [Fact]
    public async Task A_used_token_is_refused_in_the_coordinator_s_words()
    {
        var token = Token();
        (await JoinAsync(_address, "--token", token.Value)).ShouldBe(0, _cli.Error);
        Directory.Delete(State, recursive: true);

        (await JoinAsync(_address, "--token", token.Value)).ShouldBe(6);

        _cli.Error.ShouldContain(SecurityCodes.TokenRefused);
        _cli.Error.ShouldContain("used");
        ShouldHaveJoinedNothing(token);
    }

    [Fact]
    public async Task A_machine_is_no_member_of_two_clusters()
    {
        (await JoinAsync(_address, "--token", Token().Value)).ShouldBe(0, _cli.Error);
        using var elsewhere = new TestAuthority();

        (await JoinAsync(_address, "--token", Token(elsewhere).Value)).ShouldBe(7);

        _cli.Error.ShouldContain($"is a member of the cluster at https://{_address}, but the token is for another one.");
    }

    [Fact]
    public async Task A_revoked_machine_is_told_so_and_comes_back_with_a_new_token()
    {
        (await JoinAsync(_address, "--token", Token().Value, "--node", "gpu1")).ShouldBe(0, _cli.Error);
        _cluster.Revoke("gpu1");

        (await JoinAsync()).ShouldBe(6);
        _cli.Error.ShouldContain("does not let gpu1 in any more: its certificate ");
        (await JoinAsync("--token", Token().Value, "--json")).ShouldBe(0, _cli.Error);

        JsonElement.Parse(_cli.Out).GetProperty("isNew").GetBoolean().ShouldBeTrue();
        _cli.Clear();
        (await JoinAsync("--json")).ShouldBe(0, _cli.Error);
        JsonElement.Parse(_cli.Out).GetProperty("isNew").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("token", "create")]
    [InlineData("certs", "issue", "10.0.0.6")]
    [InlineData("launch", "--gpus", "none")]
    [InlineData("launch", "--listen", "10.0.0.6")]
    [InlineData("coordinator")]
    public async Task The_folder_of_a_member_becomes_no_cluster_of_its_own(params string[] arguments)
    {
        (await JoinAsync(_address, "--token", Token().Value)).ShouldBe(0, _cli.Error);

        (await _cli.RunAsync([.. arguments, "--state", State])).ShouldBe(7, _cli.Error);

        _cli.Error.ShouldContain($"is a member of the cluster at https://{_address}, so ");
        CertificateAuthority.Exists(Path.Combine(State, CertificateAuthority.FolderName)).ShouldBeFalse();
        (await JoinAsync()).ShouldBe(0, _cli.Error);
    }

    [Fact]
    public async Task The_port_for_workers_is_named_where_it_was_typed_for_the_other()
    {
        (await JoinAsync(_address, "--token", Token().Value)).ShouldBe(0, _cli.Error);
        var workers = JoinedCluster.TryRead(StateFolder.Resolve(State))!.ClusterAddress!;
        Directory.Delete(State, recursive: true);

        (await JoinAsync(workers, "--token", Token().Value)).ShouldBe(6);

        _cli.Error.ShouldContain("Is it the port for workers");
    }

    [Fact]
    public async Task An_expired_certificate_is_replaced_by_a_new_token_and_by_nothing_else()
    {
        (await JoinAsync(_address, "--token", Token().Value)).ShouldBe(0, _cli.Error);
        File.Delete(Path.Combine(State, NodeIdentity.FolderName, "node.key"));

        (await JoinAsync(_address)).ShouldBe(6);
        _cli.Error.ShouldContain("but its key");
        (await JoinAsync(_address, "--token", Token().Value)).ShouldBe(0, _cli.Error);
    }

    [Theory]
    [InlineData(65, 6, 1)]
    [InlineData(40, 0, 0)]
    [InlineData(-40, 0, 0)]
    public async Task Clocks_that_differ_are_told_before_certificates_fail(int minutes, int exitCode, int usesLeft)
    {
        _cli.Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(minutes));
        var token = Token();

        (await JoinAsync(_address, "--token", token.Value)).ShouldBe(exitCode, _cli.Error);

        _cli.Error.ShouldContain("The clock of this machine is ");
        _cli.Error.Contains(SecurityCodes.ClocksDiffer, StringComparison.Ordinal).ShouldBe(exitCode != 0);
        _cli.Error.ShouldContain($" {(minutes > 0 ? "ahead of" : "behind")} that of the coordinator at {_address}");
        Entry(token).UsesLeft.ShouldBe(usesLeft);
    }

    [Fact]
    public async Task Who_waits_joins_a_coordinator_that_starts_later()
    {
        var port = int.Parse(_address.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        await StopAsync();
        var token = Token();

        (await JoinAsync(_address, "--token", token.Value)).ShouldBe(5);
        _cli.Error.ShouldContain("to wait until it answers: searchcluster join --wait");
        var joining = JoinAsync(_address, "--token", token.Value, "--wait");
        await StartAsync(port);

        (await joining.Patiently()).ShouldBe(0, _cli.Error);
    }

    [Fact]
    public async Task What_is_no_coordinator_gets_no_token()
    {
        using var listener = new TcpListener(IPAddress.Parse(_host), 0);
        listener.Start();
        var answering = AnswerAsync(listener);
        var token = Token();

        (await JoinAsync($"{_host}:{((IPEndPoint)listener.LocalEndpoint).Port}", "--token", token.Value)).ShouldBe(6);

        _cli.Error.ShouldContain($"{SecurityCodes.OtherAuthority}: What answers at https://{_host}:");
        _cli.Error.ShouldContain("does not speak TLS");
        ShouldHaveJoinedNothing(token);
        await answering;
    }

    [Theory]
    [InlineData("The address is \"a b\", but must be HOST or HOST:PORT of a coordinator", "a b", "--token", "TOKEN")]
    [InlineData("The address is a token, but must be HOST or HOST:PORT of a coordinator", "TOKEN", "--token", "TOKEN")]
    [InlineData("which is this machine itself", "127.0.0.1:8642", "--token", "TOKEN")]
    [InlineData("so a token is needed to join one", "10.0.0.5")]
    [InlineData("so the coordinator's address is needed to join one", "--token", "TOKEN")]
    public async Task What_is_missing_or_wrong_is_named(string message, params string[] arguments)
    {
        var token = Token();

        (await JoinAsync([.. arguments.Select(argument => argument == "TOKEN" ? token.Value : argument)])).ShouldBe(2);

        _cli.Error.ShouldContain(message);
        ShouldHaveJoinedNothing(token);
    }

    [Fact]
    public async Task A_mistyped_token_is_not_shown()
    {
        var token = Token().Value;

        (await JoinAsync(_address, "--token", token[..^1])).ShouldBe(6);

        _cli.Error.ShouldContain("The token for joining is mistyped or cut off");
        _cli.Error.ShouldNotContain(token.Split('.')[3][..8]);
    }

    [Fact]
    public async Task The_folder_of_a_coordinator_joins_nothing()
    {
        (await _cli.RunAsync("join", _address, "--token", Token().Value, "--only", "--state", _cluster.StateOf(TestAuthority.Lab)))
            .ShouldBe(7);

        _cli.Error.ShouldContain("is the state folder of a coordinator");
    }

    private static JoinToken Token(TestAuthority cluster)
    {
        using var authority = CertificateAuthority.Open(
            Path.Combine(cluster.StateOf(TestAuthority.Lab), CertificateAuthority.FolderName), TimeProvider.System);
        return new JoinTokens(authority, TimeProvider.System).Create(NodeRole.Worker, TimeSpan.FromHours(1), 1);
    }

    private static async Task AnswerAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await client.GetStream().ReadAtLeastAsync(new byte[1024], 100, false, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
    }

    private JoinToken Token() => Token(_cluster);

    private JoinTokenEntry Entry(JoinToken token)
    {
        using var authority = CertificateAuthority.Open(
            Path.Combine(_cluster.StateOf(TestAuthority.Lab), CertificateAuthority.FolderName), TimeProvider.System);
        return new JoinTokens(authority, TimeProvider.System).Entries.Single(entry => entry.Id == token.Id);
    }

    private void ShouldHaveJoinedNothing(JoinToken token)
    {
        NodeIdentity.Find(StateFolder.Resolve(State).IdentityFolder, TimeProvider.System).ShouldBeNull();
        JoinedCluster.TryRead(StateFolder.Resolve(State)).ShouldBeNull();
        _cli.Error.ShouldNotContain(token.Value.Split('.')[3]);
    }

    private Task<int> JoinAsync(params string[] arguments) => _cli.RunAsync([.. arguments.Prepend("join"), "--only", "--state", State]);

    private async Task StartAsync(int port)
    {
        _app = CoordinatorApplication.Build(new CoordinatorOptions
        {
            StateFolder = StateFolder.Resolve(_cluster.StateOf(TestAuthority.Lab)),
            Mode = ActorMode.Clustered,
            HttpHost = _host,
            ClusterHost = _host,
            HttpPort = port,
        });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        var ready = await _app.Services.GetRequiredService<CoordinatorReadiness>().WhenReady.Patiently();
        _address = new Uri(ready.Url).Authority;
    }

    private async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
    }
}
