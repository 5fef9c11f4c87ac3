using System.Buffers.Binary;
using System.Text;
using SearchCluster.Artifacts;
using SearchCluster.Models.Checkpoints;

namespace SearchCluster.Models.Tests.Checkpoints;

public sealed class EnvelopeTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var read = Read(Sample());

        read.Metadata["a"].ShouldBe("ü");
        read.Tensors.Single(tensor => tensor.Name == "x").ToSingles().ShouldBe([1f, float.NaN, 3f]);
        read.Tensors.Single(tensor => tensor.Name == "n").ToInt64().ShouldBe(-5);
    }

    [Fact]
    [Trait("Promise", "S12")]
    public void Every_flipped_bit_is_noticed()
    {
        var file = Sample();
        for (var i = 0; i < file.Length; i++)
        {
            var broken = (byte[])file.Clone();
            broken[i] ^= 0x10;
            Should.Throw<ArtifactException>(() => Read(broken), $"byte {i}");
        }
    }

    [Fact]
    [Trait("Promise", "R18")]
    public void Every_truncation_is_noticed()
    {
        var file = Sample();
        for (var length = 0; length < file.Length; length++)
        {
            Should.Throw<ArtifactException>(() => Read(file[..length]), $"{length} bytes");
        }
    }

    [Fact]
    public void Damage_is_told_by_its_kind()
    {
        var file = Sample();
        var flipped = (byte[])file.Clone();
        flipped[^40] ^= 1;
        var version = (byte[])file.Clone();
        version[8] = 9;

        CodeOf([]).ShouldBe("SC4001");
        CodeOf(file[..7]).ShouldBe("SC4001");
        CodeOf([.. "PK\u0003\u0004"u8, .. new byte[100]]).ShouldBe("SC4002");
        CodeOf(version).ShouldBe("SC4003");
        CodeOf(flipped).ShouldBe("SC4018");
        CodeOf([.. file, 0]).ShouldBe("SC4005");
        Should.Throw<ArtifactException>(() => Read([.. "PK\u0003\u0004"u8, .. new byte[100]])).Message.ShouldContain("zip archive");
    }

    [Fact]
    public void A_model_is_no_checkpoint() =>
        Should.Throw<ArtifactException>(() => Envelope.Read(new MemoryStream(Sample()), EnvelopeKind.Model)).Code.ShouldBe("SC4002");

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "SC4014")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "SC4015")]
    [InlineData("""{"a":{"dtype":"Q9","shape":[1],"data_offsets":[0,4]}}""", 4, "SC4016")]
    [InlineData("""{"a":{"dtype":"200","shape":[1],"data_offsets":[0,4]}}""", 4, "SC4016")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""",
        3,
        "SC4013")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}}""",
        5,
        "SC4013")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 5, "SC4013")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""",
        2,
        "SC4012")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1000000000000,1000000000000],"data_offsets":[0,4]}}""", 4, "SC4007")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "SC4007")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "SC4007")]
    [InlineData("""[1]""", 0, "SC4011")]
    [InlineData("""{"a":""", 0, "SC4011")]
    [InlineData("""{"a":{"dtype":"F32"}}""", 0, "SC4011")]
    public void A_header_that_breaks_a_rule_of_safetensors_is_refused(string header, int dataBytes, string code) =>
        Should.Throw<ArtifactException>(() => SafeTensorsReader.Read(Plain(header, header.Length, dataBytes))).Code.ShouldBe(code);

    [Theory]
    [InlineData("""{"\ud800":{"dtype":"F32"}}""", "line 1, column 2: an escape \\u names half a character.")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F64"}}""", "the name 'dtype' occurs twice in one object.")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", "the name 'k' occurs twice in one object.")]
    [InlineData("""{"a":{"shape":[1e999]}}""", "too large for a number")]
    [InlineData("""{"a":{"dtype":"F32"}}""", "each tensor needs dtype")]
    [InlineData("""{"__metadata__":{"k":1}}""", "the metadata hold texts")]
    [InlineData("""{"a":""", "never closed")]
    public void A_header_that_is_no_such_json_is_told_in_plain_words(string header, string words)
    {
        var refused = Should.Throw<ArtifactException>(() => SafeTensorsReader.Read(Plain(header, header.Length, 0)));

        (refused.Code, refused.Message.Contains(words, StringComparison.Ordinal)).ShouldBe(("SC4011", true), refused.Message);
        refused.Message.ShouldNotContain("LineNumber");
    }

    [Fact]
    public void A_header_length_beyond_the_file_is_refused_before_anything_is_allocated()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<ArtifactException>(() => SafeTensorsReader.Read(Plain("{}", long.MaxValue, 0))).Code.ShouldBe("SC4019");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    private static byte[] Plain(string header, long claimed, int dataBytes)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, claimed);
        return [.. length, .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]];
    }

    private static string CodeOf(byte[] file) => Should.Throw<ArtifactException>(() => Read(file)).Code;

    private static SafeTensorsFile Read(byte[] file) => Envelope.Read(new MemoryStream(file), EnvelopeKind.Checkpoint);

    private static byte[] Sample()
    {
        using var memory = new MemoryStream();
        Envelope.Write(memory, EnvelopeKind.Checkpoint, new(
            new Dictionary<string, string> { ["a"] = "ü" }, [StoredTensor.Of("x", [1f, float.NaN, 3f], 3), StoredTensor.Of("n", -5)]));
        return memory.ToArray();
    }
}
