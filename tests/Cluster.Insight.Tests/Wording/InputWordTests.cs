using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Tests.Wording;

public sealed class InputWordTests
{
    public static TheoryData<string, DataFormat?, bool, string> Sources { get; } = new()
    {
        { "t.csv", null, false, "INPUT.csv" },
        { "digits", null, false, "INPUT.csv" },
        { "readings.dat", DataFormat.Series, false, "INPUT.csv" },
        { "book.txt", null, false, "INPUT.txt" },
        { "book", DataFormat.Text, false, "INPUT.txt" },
        { "photos", DataFormat.Images, false, "FOLDER" },
        { "photos.zip", DataFormat.Segmentation, false, "FOLDER" },
        { "photos", null, true, "FOLDER" },
        { "registered:photos", null, false, "INPUT" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void The_input_is_of_the_kind_that_a_model_of_the_data_reads(
        string source, DataFormat? format, bool hasImages, string expected) =>
        InputWord.Of(new(source, null, new(), Format: format, Images: hasImages ? new() : null)).ShouldBe(expected);

    [Theory]
    [InlineData(12345, "12345")]
    [InlineData(99999, "99999")]
    [InlineData(-120000, "-120000")]
    [InlineData(999_999_999_999_999, "999999999999999")]
    [InlineData(1e15, "1e+15")]
    [InlineData(0.123456, "0.1235")]
    [InlineData(double.NaN, "nan")]
    public void Whole_numbers_are_printed_whole(double value, string expected) => Format.Exact(value).ShouldBe(expected);
}
