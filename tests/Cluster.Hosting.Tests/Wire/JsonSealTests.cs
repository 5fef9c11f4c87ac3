using System.Text.Json;
using SearchCluster.Contracts.Tests.Wire;
using SearchCluster.Contracts.Wire;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Hosting.Tests.Wire;

public sealed class JsonSealTests
{
    private static readonly SearchEvents.TrialFinished Event = ContractSamples.Of(typeof(SearchEvents.TrialFinished))
        .Cast<SearchEvents.TrialFinished>()
        .First();

    [Fact]
    public void A_change_of_any_bit_of_an_event_is_noticed()
    {
        var (bytes, manifest) = (ContractCodec.Write(Event), ContractCodec.Manifest(Event));

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var failure = Record.Exception(() => ContractCodec.Read(changed, manifest));
            failure.ShouldNotBeNull($"bit {bit % 8} of byte {bit / 8} of {bytes.Length}");
        }
    }

    [Fact]
    public void An_event_under_another_manifest_is_noticed() =>
        Should.Throw<InvalidDataException>(() => ContractCodec.Read(ContractCodec.Write(Event), "e-paused")).Message
            .ShouldContain("checksum");

    [Fact]
    public void The_seal_is_white_space_that_every_reader_of_json_skips()
    {
        var bytes = ContractCodec.Write(Event);

        JsonDocument.Parse(bytes).RootElement.GetProperty("searchId").GetString().ShouldBe(Event.SearchId.Value);
    }

    [Fact]
    public void An_event_of_an_earlier_release_has_no_seal_and_is_read()
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(
            Event, ContractsJsonContext.Default.GetTypeInfo(typeof(SearchEvents.TrialFinished))!);

        ContractCodec.Read(plain, ContractCodec.Manifest(Event)).ShouldBe(Event);
    }

    [Fact]
    public void Messages_are_not_sealed_so_that_other_versions_read_them()
    {
        var command = new SearchCommands.PauseSearch(new SearchId("digits"));

        ContractCodec.Write(command)[^1].ShouldBe((byte)'}');
    }
}
