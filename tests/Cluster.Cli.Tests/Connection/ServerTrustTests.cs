using Microsoft.Extensions.Time.Testing;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Cli.Tests.Connection;

/// <summary>Whether a coordinator on a network is believed, and what is said when it is not.</summary>
[Trait("Promise", "S02")]
public sealed class ServerTrustTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly TestAuthority _authority;

    public ServerTrustTests()
    {
        _authority = new TestAuthority(_clock);
        _authority.Join("laptop", NodeRole.Client, "laptop");
    }

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task The_coordinator_of_the_own_cluster_is_believed()
    {
        using var server = new TlsServer(_authority.Join(TestAuthority.Lab, NodeRole.Coordinator, "127.0.0.1"));
        await using var connection = Connect(server);

        (await connection.AskAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken)).ShouldBe(CoordinatorAnswer.Ready);
    }

    [Fact]
    public async Task One_of_another_cluster_is_not()
    {
        using var elsewhere = new TestAuthority(_clock);
        using var server = new TlsServer(elsewhere.Join(TestAuthority.Lab, NodeRole.Coordinator, "127.0.0.1"));

        await ShouldRefuseAsync(server, "is not one of this cluster: no authority that is trusted here signed it");
    }

    [Fact]
    public async Task One_with_another_host_is_not()
    {
        using var server = new TlsServer(_authority.Join(TestAuthority.Lab, NodeRole.Coordinator, "10.0.0.5"));

        await ShouldRefuseAsync(server, "is not for the host \"127.0.0.1\" that was called, but for 10.0.0.5");
    }

    [Fact]
    public async Task A_worker_that_says_it_is_the_coordinator_is_not()
    {
        using var server = new TlsServer(_authority.Join("w1", NodeRole.Worker, "127.0.0.1"));

        await ShouldRefuseAsync(server, "is that of a worker");
    }

    [Fact]
    public async Task One_whose_certificate_has_expired_is_not()
    {
        using var server = new TlsServer(_authority.Join(TestAuthority.Lab, NodeRole.Coordinator, "127.0.0.1"));
        _clock.Advance(TimeSpan.FromDays(20));
        _authority.Join("laptop", NodeRole.Client, "laptop");
        _clock.Advance(TimeSpan.FromDays(20));

        await ShouldRefuseAsync(server, "expired at");
    }

    [Fact]
    public async Task Without_an_identity_the_trust_of_the_machine_counts()
    {
        using var server = new TlsServer(_authority.Join(TestAuthority.Lab, NodeRole.Coordinator, "127.0.0.1"));

        await ShouldRefuseAsync(server, "No authority that this machine trusts has signed its certificate", machine: "stranger");
    }

    [Theory]
    [InlineData("http://10.0.0.5:8642")]
    [InlineData("http://lab.example:8642")]
    public async Task A_token_is_not_sent_over_a_network_in_the_clear(string url)
    {
        using var cli = new CliHarness();
        var connector = new SearchConnector(name => cli.Variables.GetValueOrDefault(name), new FakeHosting(), _clock);

        var refusal = await Should.ThrowAsync<CliException>(
            () => connector.ConnectAsync(new ConnectionRequest(cli.Folder, url, null), TestContext.Current.CancellationToken));

        refusal.ExitCode.ShouldBe(ExitCodes.WrongUsage);
        refusal.Message.ShouldContain("would send the token in the clear");
        refusal.Help.ShouldNotBeNull().ShouldContain("https://");
    }

    private HttpConnection Connect(TlsServer server, string machine = "laptop") => new(
        [server.Url],
        token: null,
        StateFolder.Resolve(_authority.StateOf(machine)),
        TimeSpan.FromMinutes(1),
        artifactFolder: null,
        _clock);

    private async Task ShouldRefuseAsync(TlsServer server, string why, string machine = "laptop")
    {
        await using var connection = Connect(server, machine);

        var refusal = await Should.ThrowAsync<SearchServiceException>(
            () => connection.Service.ListAsync(TestContext.Current.CancellationToken));

        refusal.Problem.Code.ShouldBe(ProblemCodes.Untrusted);
        refusal.Problem.Title.ShouldContain(why);
        ExitCodes.OfProblem(refusal.Problem).ShouldBe(ExitCodes.NotAllowed);
        (await Should.ThrowAsync<SearchServiceException>(
            () => connection.AskAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken))).Problem.Code
            .ShouldBe(ProblemCodes.Untrusted);
    }
}
