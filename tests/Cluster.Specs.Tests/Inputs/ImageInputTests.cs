using SearchCluster.Specs.Explaining;

namespace SearchCluster.Specs.Tests.Inputs;

/// <summary>What section <c>data.images</c> becomes, and how data that have no classes are explained.</summary>
public sealed class ImageInputTests
{
    [Theory]
    [InlineData("none", "none")]
    [InlineData("'#E0e0C0'", "#e0e0c0")]
    [InlineData("0", "#000000")]
    [InlineData("255", "#ffffff")]
    [InlineData("256", "256")]
    [InlineData("65535", "65535")]
    public void Void_is_a_colour_or_a_number_and_keeps_one_form(string written, string read) =>
        Read("segmentation", $"source: ./a, format: segmentation, images: {{ void: {written} }}").Data!.Images!.Void.ShouldBe(read);

    [Fact]
    public void The_level_of_classes_is_read() => Read("cnn", "source: ./a, images: { classLevel: 2 "
        + "}").Data!.Images!.ClassLevel.ShouldBe(2);

    [Theory]
    [InlineData("lstm-regressor", "source: ./a.csv, format: series", "0.6 / 0.2 / 0.2, in the order of the file")]
    [InlineData("lstm", "source: ./a.txt, format: text", "0.6 / 0.2 / 0.2, in the order of the file")]
    [InlineData("mlp-regressor", "source: ./a.csv, answer: numbers", "0.6 / 0.2 / 0.2")]
    [InlineData("segmentation", "source: ./a, format: segmentation", "0.6 / 0.2 / 0.2")]
    [InlineData("mlp", "source: ./a.csv", "0.6 / 0.2 / 0.2, stratified")]
    public void Only_classes_are_said_to_be_stratified(string workload, string data, string explained) =>
        SpecExplanation.Of(Read(workload, data)).ToLines().Select(line => line.TrimEnd()).ShouldContain(line => line.EndsWith($"train / "
            + $"validation / test {explained}", StringComparison.Ordinal));

    private static SearchSpec Read(string workload, string data) => Specs.Good($$"""
        version: 1
        name: images
        workload: { builtin: {{workload}} }
        data: { {{data}} }
        objective: { metric: val/loss, direction: minimize }
        space: { learningRate: { type: log, min: 1.0e-4, max: 1.0e-1 } }
        budget: { trials: 5 }
        """);
}
