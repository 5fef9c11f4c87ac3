using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Membership;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Coordinator.Tests.Http;

/// <summary>Certificates of members that renew themselves with a coordinator on a network.</summary>
public sealed class RenewalTests : IAsyncLifetime
{
    private readonly string _host = OwnAddress.Require();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly TestAuthority _authority;
    private WebApplication _app = null!;
    private Uri _url = null!;

    public RenewalTests() => _authority = new(_clock);

    public async ValueTask InitializeAsync()
    {
        _authority.Join(TestAuthority.Lab, NodeRole.Coordinator, _host);
        _app = CoordinatorApplication.Build(
            TestCoordinator.Options(_authority.StateOf(TestAuthority.Lab), ActorMode.Clustered) with
            {
                HttpHost = _host,
                ClusterHost = _host,
                Clock = _clock,
            });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _url = new((await _app.Services.GetRequiredService<CoordinatorReadiness>().WhenReady.Patiently()).Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_worker_s_certificate_is_renewed_with_a_new_key_and_all_processes_of_the_machine_do_it_once()
    {
        var identity = _authority.Join("w1", NodeRole.Worker, "10.0.0.6");
        var (serial, key) = (identity.Serial, identity.Certificate.GetPublicKeyString());
        using var one = Renewal("w1");
        using var other = Renewal("w1");
        _clock.Advance(TimeSpan.FromDays(21));

        var renewed = await Task.WhenAll(LookAsync(one), LookAsync(other));

        renewed.Count(done => done).ShouldBe(1);
        identity.Serial.ShouldNotBe(serial);
        identity.Certificate.GetPublicKeyString().ShouldNotBe(key);
        (identity.Name, identity.Role).ShouldBe(("w1", NodeRole.Worker));
        identity.Hosts.ShouldBe(["10.0.0.6"]);
        identity.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task A_revoked_one_is_not_renewed()
    {
        var identity = _authority.Join("w1", NodeRole.Worker);
        var serial = identity.Serial;
        _authority.Revoke("w1");
        using var renewal = Renewal("w1");
        _clock.Advance(TimeSpan.FromDays(21));

        (await LookAsync(renewal)).ShouldBeFalse();

        identity.Serial.ShouldBe(serial);
    }

    [Fact]
    public async Task Nothing_is_sent_to_who_is_no_coordinator_of_the_cluster()
    {
        using var elsewhere = new TestAuthority(_clock);
        var identity = elsewhere.Join("w1", NodeRole.Worker);
        var serial = identity.Serial;
        using var renewal = new CertificateRenewal(
            StateFolder.Resolve(elsewhere.StateOf("w1")), () => _url, _clock, NullLogger<CertificateRenewal>.Instance);
        _clock.Advance(TimeSpan.FromDays(21));

        (await LookAsync(renewal)).ShouldBeFalse();

        identity.Serial.ShouldBe(serial);
    }

    private static Task<bool> LookAsync(CertificateRenewal renewal) =>
        Task.Run(() => renewal.LookAsync(TestContext.Current.CancellationToken));

    private CertificateRenewal Renewal(string machine) => new(
        StateFolder.Resolve(_authority.StateOf(machine)), () => _url, _clock, NullLogger<CertificateRenewal>.Instance);
}
