namespace SearchCluster.Contracts.Tests.Randomness;

public sealed class PhiloxTests
{
    /// <summary>The known answers of the Random123 library, file <c>kat_vectors</c>, lines <c>philox4x32 10</c>.</summary>
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0xe169c58d_6627e8d5UL, 0x9b00dbd8_bc57ac4cUL)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x41c83b0e_408f276dUL, 0x6d5451fd_a20bc7c6UL)]
    [InlineData(0x299f31d0_a4093822UL, 0x85a308d3_243f6a88UL, 0x03707344_13198a2eUL, 0x94fdcceb_d16cfe09UL, 0x24126ea1_5001e420UL)]
    public void Gives_the_known_answers(ulong key, ulong counterLow, ulong counterHigh, ulong low, ulong high)
    {
        Philox.Block(key, counterLow, counterHigh).ShouldBe((low, high));
    }
}

public sealed class RandomStreamTests
{
    [Fact]
    public void Gives_the_same_numbers_after_its_position_was_restored()
    {
        var stream = new RandomStream(5);
        var all = Enumerable.Range(0, 9).Select(_ => stream.NextUInt64()).ToArray();

        foreach (var start in Enumerable.Range(0, 9))
        {
            new RandomStream(5) { Position = (ulong)start }.NextUInt64().ShouldBe(all[start]);
            stream.Position = (ulong)start;
            stream.NextUInt64().ShouldBe(all[start]);
        }
    }

    [Fact]
    public void Draws_each_number_below_a_bound_equally_often()
    {
        var stream = new RandomStream(3);
        var counts = Enumerable.Range(0, 30_000).GroupBy(_ => stream.NextBelow(3)).ToDictionary(g => g.Key, g => g.Count());

        counts.Keys.Order().ShouldBe(new ulong[] { 0, 1, 2 });
        counts.Values.ShouldAllBe(count => Math.Abs(count - 10_000) < 410);
    }

    [Fact]
    public void Seeds_differ_by_purpose_and_index()
    {
        var seeds = Enum.GetValues<StreamPurpose>()
            .SelectMany(purpose => Enumerable.Range(0, 1000).Select(index => SeedSequence.For(1, purpose, index)));

        seeds.Distinct().Count().ShouldBe(Enum.GetValues<StreamPurpose>().Length * 1000);
    }

    [Fact]
    public void Seeds_never_change_between_versions()
    {
        SeedSequence.For(0, StreamPurpose.Suggestion, 0).ShouldBe(Philox.Block(0, 0, 0x1_0000_5EED).Low);
    }
}
