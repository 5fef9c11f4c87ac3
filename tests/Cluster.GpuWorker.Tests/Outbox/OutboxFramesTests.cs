using SearchCluster.GpuWorker.Outbox;
using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Outbox;

public sealed class OutboxFramesTests
{
    [Fact]
    public void The_checksum_is_the_published_CRC_32C() => OutboxFrames.Checksum("123456789"u8).ShouldBe(0xE3069283u);

    [Fact]
    public void An_outcome_comes_back_with_its_measurements()
    {
        var stored = Samples.Stored(7, measurements: 3);
        var bytes = OutboxFrames.Encode(stored);

        var read = OutboxFrames.Decode(bytes, out var intactBytes);

        read.ShouldHaveSingleItem().ShouldBe(stored);
        intactBytes.ShouldBe(bytes.Length);
    }

    [Fact]
    public void An_outcome_comes_back_with_its_warnings()
    {
        var stored = Samples.Stored(7, measurements: 1);
        var warned = stored with { Warnings = [new(Samples.Lease(7), 1, new WorkWarning("Column 'const' is constant."), null)] };

        OutboxFrames.Decode(OutboxFrames.Encode(warned), out _).ShouldBe([warned]);
    }

    [Fact]
    public void A_tail_torn_at_any_byte_is_ignored_and_what_is_before_it_is_kept()
    {
        var first = OutboxFrames.Encode(Samples.Stored(1));
        byte[] both = [.. first, .. OutboxFrames.Encode(Samples.Stored(2, measurements: 2))];

        for (var length = first.Length; length < both.Length; length++)
        {
            OutboxFrames.Decode(both.AsSpan(0, length), out var intactBytes).ShouldBe([Samples.Stored(1)]);
            intactBytes.ShouldBe(first.Length);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_ends_the_reading_there()
    {
        var first = OutboxFrames.Encode(Samples.Stored(1));
        var second = OutboxFrames.Encode(Samples.Stored(2));

        for (var position = 0; position < second.Length; position++)
        {
            byte[] damaged = [.. first, .. second];
            damaged[first.Length + position] ^= 0x10;

            OutboxFrames.Decode(damaged, out _).ShouldBe([Samples.Stored(1)]);
        }
    }
}
