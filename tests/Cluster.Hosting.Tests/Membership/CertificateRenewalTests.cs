using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Hosting.Membership;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Hosting.Tests.Membership;

/// <summary>Certificates that end in time; the coordinator that others ask is tested with its routes.</summary>
public sealed class CertificateRenewalTests : IDisposable, ILogger<CertificateRenewal>
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly TestAuthority _authority;
    private readonly List<string> _log = [];

    public CertificateRenewalTests() => _authority = new(_clock);

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task The_machine_of_the_authority_renews_its_own_in_the_last_third()
    {
        var identity = _authority.Join(TestAuthority.Lab, NodeRole.Coordinator, "10.0.0.5", "lab.example");
        var before = identity.Serial;
        using var renewal = Renewal(TestAuthority.Lab);

        (await LookAsync(renewal)).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromDays(21));
        (await LookAsync(renewal)).ShouldBeTrue();
        (await LookAsync(renewal)).ShouldBeFalse();

        identity.Serial.ShouldNotBe(before);
        (identity.Name, identity.Role).ShouldBe((TestAuthority.Lab, NodeRole.Coordinator));
        identity.Hosts.ShouldBe(["lab.example", "10.0.0.5"], ignoreOrder: true);
        (identity.Expires - _clock.GetUtcNow()).TotalDays.ShouldBe(30, tolerance: 0.1);
        _log.Single().ShouldContain("The certificate of lab was renewed and lasts until ");
    }

    [Fact]
    public async Task A_folder_without_a_certificate_has_nothing_to_renew()
    {
        using var renewal = Renewal("nobody");

        (await LookAsync(renewal)).ShouldBeFalse();

        _log.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_nobody_knows_the_coordinator_nothing_is_tried()
    {
        _authority.Join("w1", NodeRole.Worker);
        using var renewal = Renewal("w1");
        _clock.Advance(TimeSpan.FromDays(21));

        (await LookAsync(renewal)).ShouldBeFalse();

        _log.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_coordinator_that_does_not_answer_is_told_once_in_six_hours()
    {
        var identity = _authority.Join("w1", NodeRole.Worker);
        var before = identity.Serial;
        using var renewal = Renewal("w1", new Uri("https://127.0.0.1:1"));
        _clock.Advance(TimeSpan.FromDays(21));

        (await LookAsync(renewal)).ShouldBeFalse();
        (await LookAsync(renewal)).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromHours(6));
        (await LookAsync(renewal)).ShouldBeFalse();

        _log.Count.ShouldBe(2);
        _log.ShouldAllBe(line => line.Contains("could not be renewed; it is tried again every 10 min. The coordinator at "
            + "https://127.0.0.1:1/ cannot be reached", StringComparison.Ordinal));
        identity.Serial.ShouldBe(before);
    }

    [Fact]
    public async Task One_that_has_ended_is_told()
    {
        _authority.Join("w1", NodeRole.Worker);
        using var renewal = Renewal("w1", new Uri("https://127.0.0.1:1"));
        _clock.Advance(TimeSpan.FromDays(31));

        (await LookAsync(renewal)).ShouldBeFalse();

        _log.Single().ShouldContain("The certificate of this machine cannot be used.");
        _log.Single().ShouldContain("expired at");
    }

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Add(formatter(state, exception));

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    private static Task<bool> LookAsync(CertificateRenewal renewal) => renewal.LookAsync(TestContext.Current.CancellationToken);

    private CertificateRenewal Renewal(string machine, Uri? coordinator = null) =>
        new(StateFolder.Resolve(_authority.StateOf(machine)), () => coordinator, _clock, this);
}
