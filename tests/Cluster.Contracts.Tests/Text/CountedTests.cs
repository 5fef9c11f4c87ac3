namespace SearchCluster.Contracts.Tests.Text;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "trial", "0 trials")]
    [InlineData(1, "search", "1 search")]
    [InlineData(2, "search", "2 searches")]
    [InlineData(1, "class", "1 class")]
    [InlineData(1234567, "class", "1234567 classes")]
    [InlineData(20, "epoch", "20 epochs")]
    [InlineData(2, "batch", "2 batches")]
    [InlineData(3, "entry", "3 entries")]
    [InlineData(3, "day", "3 days")]
    [InlineData(2, "validation row", "2 validation rows")]
    public void A_number_goes_with_the_right_form_of_its_noun(long count, string noun, string text) =>
        Counted.Of(count, noun).ShouldBe(text);
}
