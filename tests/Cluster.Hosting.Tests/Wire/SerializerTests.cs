using System.Text;
using System.Text.Json;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using SearchCluster.Contracts.Tests.Wire;
using SearchCluster.Contracts.Wire;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Hosting.Tests.Wire;

public sealed class SerializerTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("serializers", CoreHocon.Create());

    public static IEnumerable<TheoryDataRow<Type>> Types => ContractSamples.ContractTypes.Select(type => new TheoryDataRow<Type>(type));

    private Serialization Serialization => ((ExtendedActorSystem)_system).Serialization;

    public void Dispose() => _system.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_contract_is_bound_and_comes_back_equal_under_its_manifest(Type type)
    {
        var serializer = Serialization.FindSerializerForType(type).ShouldBeOfType<SearchClusterSerializer>();

        foreach (var sample in ContractSamples.Of(type))
        {
            serializer.FromBinary(serializer.ToBinary(sample), serializer.Manifest(sample)).ShouldBe(sample);
        }
    }

    [Fact]
    public void A_snapshot_is_packed_and_one_that_is_not_is_read_too()
    {
        var serializer = new SearchClusterSerializer((ExtendedActorSystem)_system);
        foreach (var snapshot in ContractSamples.Of(typeof(SearchSnapshot)))
        {
            var plain = JsonSerializer.SerializeToUtf8Bytes(snapshot, ContractsJsonContext.Default.GetTypeInfo(typeof(SearchSnapshot))!);
            var packed = serializer.ToBinary(snapshot);

            packed.ShouldNotBe(plain);
            packed.Length.ShouldBeLessThan(plain.Length);
            serializer.FromBinary(plain, serializer.Manifest(snapshot)).ShouldBe(snapshot);
        }
    }

    [Fact]
    public void The_identifier_is_permanent() =>
        Serialization.FindSerializerForType(typeof(WorkerProtocol.WorkerHello)).Identifier.ShouldBe(8642);

    [Fact]
    public void A_type_without_a_manifest_is_named()
    {
        var serializer = new SearchClusterSerializer((ExtendedActorSystem)_system);

        Should.Throw<UnknownContractException>(() => serializer.ToBinary(new Version(1, 0))).Message.ShouldContain("System.Version");
    }

    [Fact]
    public void A_manifest_that_is_not_in_the_table_is_named()
    {
        var serializer = new SearchClusterSerializer((ExtendedActorSystem)_system);

        Should.Throw<UnknownContractException>(() => serializer.FromBinary([], "e-future")).Message.ShouldContain("\"e-future\"");
    }

    [Theory]
    [InlineData(typeof(string))]
    [InlineData(typeof(Version))]
    [InlineData(typeof(object))]
    public void Everything_else_is_refused_by_name(Type type)
    {
        var serializer = Serialization.FindSerializerForType(type);

        if (serializer is RefusingSerializer)
        {
            Should.Throw<UnknownContractException>(() => serializer.ToBinary(new Version(1, 0))).Message.ShouldContain("System.Version");
        }
        else
        {
            serializer.Identifier.ShouldNotBe(1);
        }
    }

    [Fact]
    [Trait("Promise", "S06")]
    public void A_payload_that_names_a_type_is_refused_without_being_built()
    {
        var bytes = Encoding.UTF8.GetBytes("""{"$type":"System.IO.FileInfo, System.Private.CoreLib","fileName":"x"}""");

        Should.Throw<UnknownContractException>(() => Serialization.Deserialize(bytes, 1, "System.IO.FileInfo, System.Private.CoreLib"));
    }

    [Fact]
    public void The_refusing_serializer_can_be_built_in_both_ways_that_akka_does()
    {
        new RefusingSerializer((ExtendedActorSystem)_system).Identifier.ShouldBe(1);
        new RefusingSerializer((ExtendedActorSystem)_system, ConfigurationFactory.Empty).Identifier.ShouldBe(1);
    }

    [Fact]
    public void Every_contract_without_a_marker_is_bound_by_its_own_name() => ContractManifests.ByType.Keys
        .ShouldAllBe(type => Serialization.FindSerializerForType(type, null) is SearchClusterSerializer);
}
