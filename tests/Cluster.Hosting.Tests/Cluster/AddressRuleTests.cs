using Microsoft.Extensions.Time.Testing;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Hosting.Tests.Cluster;

/// <summary>Which address starts with which certificate, and what is said of the others.</summary>
[Trait("Promise", "S02")]
public sealed class AddressRuleTests : IDisposable
{
    private static readonly NodeRole[] Coordinators = [NodeRole.Coordinator];

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TestAuthority _authority;

    public AddressRuleTests() => _authority = new TestAuthority(_clock);

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    public void Loopback_needs_no_certificate_and_is_not_kept_from_starting_by_a_broken_one(string host)
    {
        RefusalOf(host, Kind.None).ShouldBeNull();
        RefusalOf(host, Kind.Broken).ShouldBeNull();
        RefusalOf(host, Kind.Expired).ShouldBeNull();
    }

    [Theory]
    [InlineData("10.0.0.5", Kind.Fitting, null)]
    [InlineData("fd00::5", Kind.Fitting, null)]
    [InlineData("[fd00::5]", Kind.Fitting, null)]
    [InlineData("10.0.0.5", Kind.None, "there is no certificate of this machine in")]
    [InlineData("10.0.0.6", Kind.Fitting, "is not for the host \"10.0.0.6\"")]
    [InlineData("10.0.0.5", Kind.Worker, "is that of a worker, but only a coordinator")]
    [InlineData("10.0.0.5", Kind.Expired, "expired at")]
    [InlineData("10.0.0.5", Kind.Broken, "cannot be used")]
    [InlineData("0.0.0.0", Kind.Fitting, "means every address of this machine")]
    [InlineData("::", Kind.Fitting, "means every address of this machine")]
    [InlineData("fe80::5", Kind.Fitting, "one network card only")]
    [InlineData("not a host", Kind.Fitting, "neither an IP address nor a name")]
    [InlineData("", Kind.Fitting, "is empty")]
    [InlineData("nowhere.invalid", Kind.Fitting, "cannot be looked up")]
    public void Any_other_address_needs_a_certificate_that_names_it(string host, Kind kind, string? why)
    {
        var refusal = RefusalOf(host, kind);

        if (why is null)
        {
            refusal.ShouldBeNull();
        }
        else
        {
            refusal.ShouldNotBeNull().ShouldStartWith("The address for workers ");
            refusal.ShouldContain(why);
            refusal.ShouldEndWith(".");
        }
    }

    [Fact]
    public void Without_a_certificate_the_sentence_tells_every_way_out()
    {
        var state = StateFolder.Resolve(_authority.StateOf("bare"));

        AddressRule.Refusal("Host", "10.0.0.5", Coordinators, state, _clock).ShouldBe(
            $"Host is 10.0.0.5, which other machines reach, so it needs TLS, but there is no certificate of this machine in "
            + $"{state.IdentityFolder}. docs/security.md says how a machine gets one. Or listen on loopback (127.0.0.1) and use an SSH "
            + "tunnel to reach it from elsewhere.");
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.2", true)]
    [InlineData("10.0.0.5", "10.0.0.6", true)]
    [InlineData("lab.example", "10.0.0.6", true)]
    [InlineData("127.0.0.1", "10.0.0.6", false)]
    [InlineData("10.0.0.5", "127.0.0.1", false)]
    [InlineData("0.0.0.0", "10.0.0.6", false)]
    public void Coordinators_are_all_on_loopback_or_all_on_a_network(string called, string own, bool isAlike) =>
        (AddressRule.Unlike("A coordinator", called, NodeAddress.TryParse(own)!) is null).ShouldBe(isAlike);

    [Theory]
    [InlineData("127.0.0.1", Kind.None, null)]
    [InlineData("localhost", Kind.Broken, null)]
    [InlineData("10.0.0.99", Kind.Fitting, null)]
    [InlineData("10.0.0.99", Kind.Worker, null)]
    [InlineData("nowhere.invalid", Kind.Worker, null)]
    [InlineData("10.0.0.99", Kind.None, "The coordinator is at 10.0.0.99, on a network, so workers speak TLS with it, but there is no")]
    [InlineData("10.0.0.99", Kind.Expired, "expired at")]
    [InlineData("10.0.0.99", Kind.Broken, "cannot be used")]
    [InlineData("0.0.0.0", Kind.Worker, "The coordinator is at \"0.0.0.0\", which means every address of this machine")]
    public void A_worker_calls_loopback_without_a_certificate_and_any_other_address_with_one(string host, Kind kind, string? why)
    {
        var refusal = AddressRule.CallRefusal(host, StateWith(kind), _clock);

        if (why is null)
        {
            refusal.ShouldBeNull();
        }
        else
        {
            refusal.ShouldNotBeNull().ShouldContain(why);
            refusal.ShouldEndWith(".");
        }
    }

    private string? RefusalOf(string host, Kind kind) =>
        AddressRule.Refusal("The address for workers", host, Coordinators, StateWith(kind), _clock);

    private StateFolder StateWith(Kind kind)
    {
        var machine = $"m-{kind}";
        string[] hosts = ["10.0.0.5", "fd00::5", "nowhere.invalid"];
        var state = StateFolder.Resolve(_authority.StateOf(machine));
        switch (kind)
        {
            case Kind.Fitting or Kind.Expired:
                _authority.Join(machine, NodeRole.Coordinator, hosts);
                break;
            case Kind.Worker:
                _authority.Join(machine, NodeRole.Worker, hosts);
                break;
            case Kind.Broken:
                _authority.Join(machine, NodeRole.Coordinator, hosts);
                Directory.EnumerateFiles(state.IdentityFolder, "*.pem").ToList().ForEach(file => File.WriteAllText(file, "nonsense"));
                break;
            case Kind.None:
                break;
        }

        if (kind == Kind.Expired)
        {
            _clock.Advance(TimeSpan.FromDays(40));
        }

        return state;
    }

    public enum Kind
    {
        None,
        Fitting,
        Worker,
        Expired,
        Broken,
    }
}
