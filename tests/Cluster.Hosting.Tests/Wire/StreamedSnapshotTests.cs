using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SearchCluster.Contracts.Tests.Wire;
using SearchCluster.Contracts.Wire;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Hosting.Tests.Wire;

/// <summary>Snapshots are read trial by trial, and as the serializer reads them.</summary>
[Trait("Promise", "R16")]
public sealed class StreamedSnapshotTests
{
    [Fact]
    public void Every_sample_is_read_as_by_the_serializer_however_the_stream_is_cut()
    {
        foreach (var snapshot in Samples())
        {
            var json = Json(snapshot);

            for (var piece = 1; piece < 2_000; piece = (piece * 3) + 1)
            {
                StreamedSnapshot.TryRead(new PiecewiseStream(json, piece)).ShouldBe(snapshot);
            }
        }
    }

    [Fact]
    public void A_member_that_is_longer_than_the_buffer_is_read()
    {
        var snapshot = Samples()[0] with { SpecText = new string('x', 1 << 18) };

        StreamedSnapshot.TryRead(new MemoryStream(Json(snapshot))).ShouldBe(snapshot);
    }

    [Fact]
    public void White_space_and_members_of_later_releases_change_nothing()
    {
        var snapshot = Samples()[0];
        var text = Encoding.UTF8.GetString(Json(snapshot));

        StreamedSnapshot.TryRead(Stream($"  {{ \"later\": [ {{ \"trials\": [1] }} ],\n{text[1..]}\r\n ")).ShouldBe(snapshot);
    }

    [Fact]
    public void What_ends_early_or_goes_on_is_no_snapshot()
    {
        var json = Json(Samples()[0]);

        for (var length = 0; length < json.Length; length += 97)
        {
            Should.Throw<JsonException>(() => StreamedSnapshot.TryRead(new MemoryStream(json[..length])), $"{length} bytes");
        }

        StreamedSnapshot.TryRead(Stream(Encoding.UTF8.GetString(json) + "1")).ShouldBeNull();
        StreamedSnapshot.TryRead(Stream("[]")).ShouldBeNull();
        StreamedSnapshot.TryRead(Stream("{\"trials\":[1]}")).ShouldBeNull();
        StreamedSnapshot.TryRead(Stream("{\"trials\":[],\"trials\":[]}")).ShouldBeNull();
    }

    [Fact]
    public void What_is_wrong_in_a_trial_is_said_as_the_serializer_says_it()
    {
        var snapshot = Samples().First(sample => sample.Trials.Count > 0);
        var text = Encoding.UTF8.GetString(Json(snapshot))
            .Replace("\"failedAttempts\":", "\"failedAttempts\":\"x\",\"was\":", StringComparison.Ordinal);

        var packed = Should.Throw<JsonException>(() => ContractCodec.Read(Pack(text), "s-search"));
        var plain = Should.Throw<JsonException>(() => ContractCodec.Read(Encoding.UTF8.GetBytes(text), "s-search"));

        packed.Message.ShouldBe(plain.Message);
        packed.Message.ShouldContain("failedAttempts");
    }

    [Fact]
    public void A_flipped_bit_of_a_packed_snapshot_is_found_or_means_nothing()
    {
        var snapshot = Samples().First(sample => sample.Trials.Count > 0);
        var packed = ContractCodec.Write(snapshot);
        ContractCodec.Read(packed, "s-search").ShouldBe(snapshot);

        for (var i = 0; i < packed.Length; i += 23)
        {
            byte[] changed = [.. packed];
            changed[i] ^= (byte)(1 << (i % 8));

            try
            {
                // Some bits are not read: the time in the header, and what fills the last byte of a block.
                ContractCodec.Read(changed, "s-search").ShouldBe(snapshot, $"byte {i} of {packed.Length}");
            }
            catch (Exception found) when (found is InvalidDataException or JsonException)
            {
            }
        }
    }

    private static SearchSnapshot[] Samples() => [.. ContractSamples.Of(typeof(SearchSnapshot)).Cast<SearchSnapshot>()];

    private static byte[] Json(SearchSnapshot snapshot) =>
        JsonSerializer.SerializeToUtf8Bytes(snapshot, ContractsJsonContext.Default.SearchSnapshot);

    private static MemoryStream Stream(string json) => new(Encoding.UTF8.GetBytes(json));

    private static byte[] Pack(string json)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Fastest))
        {
            packer.Write(Encoding.UTF8.GetBytes(json));
        }

        return packed.ToArray();
    }

    /// <summary>Gives at most so many bytes at once, as an unpacking stream does.</summary>
    private sealed class PiecewiseStream(byte[] content, int piece) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
    }
}
