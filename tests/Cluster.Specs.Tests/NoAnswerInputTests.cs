using SearchCluster.Specs.Problems;

namespace SearchCluster.Specs.Tests;

/// <summary>Tables of which nothing is to be answered.</summary>
public sealed class NoAnswerInputTests
{
    [Theory]
    [InlineData("autoencoder", "source: ./a.csv", true)]
    [InlineData("vae", "source: ./a.csv", true)]
    [InlineData("vae", "source: ./folder", true)]
    [InlineData("autoencoder", "source: ./a.csv, answer: none", true)]
    [InlineData("autoencoder", "source: ./a.csv, target: y", true)]
    [InlineData("autoencoder", "source: ./a.csv, target: y, answer: class", false)]
    [InlineData("autoencoder", "source: ./a.csv, answer: class", false)]
    [InlineData("autoencoder", "source: ./a.csv, answer: numbers", false)]
    [InlineData("autoencoder", "source: ./a.csv, medianSplit: true", false)]
    [InlineData("autoencoder", "source: ./a.csv, format: series", false)]
    [InlineData("autoencoder", "source: ./a.csv, images: { width: 2, height: 2 }", false)]
    [InlineData("autoencoder", "source: digits", false)]
    [InlineData("mlp", "source: ./a.csv", false)]
    public void An_autoencoder_takes_all_columns_where_no_target_is_named(string workload, string data, bool isNone) =>
        (Specs.Good(Of(workload, data)).Data!.Table?.NoAnswer == true).ShouldBe(isNone);

    [Theory]
    [InlineData("target: y", new[] { "y" })]
    [InlineData("target: [y, z], exclude: [w, y]", new[] { "w", "y", "z" })]
    [InlineData("target: y, features: [a, b]", null)]
    public void A_target_that_nobody_reads_is_a_column_to_leave_out(string data, string[]? excluded)
    {
        var spec = Specs.Good(Of("autoencoder", "source: ./a.csv, " + data)).Data!;

        spec.Target.ShouldBeNull();
        spec.Table!.Exclude?.ToArray().ShouldBe(excluded);
    }

    [Theory]
    [InlineData("mlp", "source: ./a.csv, target: []", "target is an empty list")]
    [InlineData("autoencoder", "source: ./a.csv, target: []", "but names at least one column")]
    [InlineData("autoencoder", "source: ./a.csv, target: y, answer: none", "answer is none, but target names y")]
    [InlineData("mlp", "source: ./a.csv, answer: none", "answer is none, but workload mlp learns answers")]
    [InlineData("mlp-regressor", "source: ./a.csv, answer: none", "answer is none, but workload mlp-regressor learns answers")]
    [InlineData("autoencoder", "source: digits, answer: none", "these data have their own label")]
    public void What_contradicts_it_is_refused(string workload, string data, string told) =>
        Specs.Read(Of(workload, data)).Problems.Select(SpecProblemFormat.MsBuild)
            .ShouldContain(problem => problem.Contains(told, StringComparison.Ordinal));

    private static string Of(string workload, string data) => Specs.Mlp
        .With("workload", $"workload: {{ builtin: {workload} }}")
        .With("data", $"data: {{ {data} }}");
}
