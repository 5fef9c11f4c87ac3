using SearchCluster.Hosting.Cluster.Connections.Tls;
using SearchCluster.Hosting.Cluster.Connections.Workers;
using SearchCluster.Security;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Hosting.Tests.Cluster.Connections;

/// <summary>The addresses that workers announce, and who may announce which.</summary>
[Trait("Promise", "S02")]
public sealed class WorkerAddressTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("w1")]
    [InlineData("gpu-1.lab")]
    [InlineData("gpu_1.lab")]
    [InlineData("Node-7:cuda:0")]
    [InlineData("x-1")]
    [InlineData("..")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234")]
    [InlineData(null)]
    public void It_is_read_as_it_was_written(string? name)
    {
        var address = WorkerAddress.New(name);

        WorkerAddress.TryParse(address.Host).ShouldBe(address);
        Akka.Actor.ActorPath.TryParse($"akka.tcp://searchcluster@{address.Host}:1/user/worker", out var path).ShouldBeTrue();
        path.Address.Host.ShouldBe(address.Host);
        Akka.Actor.Address.Parse($"akka.tcp://searchcluster@{address.Host}:1").Host.ShouldBe(address.Host);
    }

    [Fact]
    public void Names_that_no_host_has_are_told_apart() => new[]
    {
        "w1", "W1", "w.1", "w:1", "w_1", "x-w1", WorkerAddress.TagOf("W1"), "x-loopback", null,
    }.Select(WorkerAddress.TagOf).ShouldBeUnique();

    [Theory]
    [InlineData("10.0.0.5")]
    [InlineData("lab.example")]
    [InlineData("worker.invalid")]
    [InlineData("")]
    [InlineData(null)]
    public void A_host_of_the_usual_kind_is_none(string? host) => WorkerAddress.TryParse(host).ShouldBeNull();

    [Theory]
    [InlineData("mark.w1.worker.invalid", true)]
    [InlineData("mark.x-loopback.worker.invalid", false)]
    [InlineData("mark.w2.worker.invalid", false)]
    [InlineData("mark.W1.worker.invalid", false)]
    [InlineData("mark.x.w1.worker.invalid", false)]
    [InlineData(".w1.worker.invalid", false)]
    [InlineData("w1.worker.invalid", false)]
    [InlineData("mark.loopback.worker.invalid", false)]
    public void A_certificate_lets_its_holder_announce_its_own_name_only(string host, bool mayBe)
    {
        using var certificate = new System.Security.Cryptography.X509Certificates.X509Certificate2(
            _authority.Join("w1", NodeRole.Worker, "w2", "10.0.0.5").Certificate);
        var judge = _authority.Join(TestAuthority.Lab, NodeRole.Coordinator, "10.0.0.1");
        var peer = new CertifiedPeer(new System.Net.Security.SslStream(new MemoryStream()), certificate, called: null, judge);

        (peer.ObjectionTo(WorkerAddress.TryParse(host)!.Value) is null).ShouldBe(mayBe);
        peer.ObjectionTo("10.0.0.5").ShouldNotBeNull("A worker's certificate lets nobody be known as a coordinator.");
    }

    [Fact]
    public void An_address_that_another_connection_has_is_not_given_again()
    {
        var connections = new WorkerConnections();
        var first = new object();

        connections.TryEnter("mark.w1.worker.invalid:1", first).ShouldBeTrue();
        connections.TryEnter("mark.w1.worker.invalid:1", new object()).ShouldBeFalse();
        connections.Leave(new object());
        connections.TryEnter("mark.w1.worker.invalid:1", new object()).ShouldBeFalse();
        connections.Leave(first);
        connections.TryEnter("mark.w1.worker.invalid:1", new object()).ShouldBeTrue();
    }
}
