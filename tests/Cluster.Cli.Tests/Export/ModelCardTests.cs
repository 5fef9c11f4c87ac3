using SearchCluster.Cli.Export;
using SearchCluster.Cli.Tests.Documentation;
using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles;
using SearchCluster.Models.ModelFiles;

namespace SearchCluster.Cli.Tests.Export;

/// <summary>The README of an exported model: its samples compile, and it names what building the network anew takes.</summary>
public sealed class ModelCardTests
{
    private static readonly DataShape Classes = DataShape.OfTable(["a", "b"], ["no", "yes"]);
    private static readonly DataShape Numbers = new([2], TargetKind.Numbers, ["a", "b"], [], ["price"]);
    private static readonly DataShape Images = new([3, 8, 8], TargetKind.Class, [], ["no", "yes"], []);
    private static readonly DataShape Texts = new([6], TargetKind.Class, [], ["a", "b"], [], Symbols: 2);

    public static TheoryData<string, string> Cards { get; } = new()
    {
        { "mlp", nameof(Classes) },
        { "mlp-regressor", nameof(Numbers) },
        { "cnn", nameof(Images) },
        { "lstm", nameof(Texts) },
        { "my-own", nameof(Classes) },
    };

    [Theory]
    [MemberData(nameof(Cards))]
    public void The_samples_compile_and_read_as_the_training_was_read(string workload, string shape)
    {
        foreach (var card in CardsOf(Weights(workload, shape)))
        {
            var code = CodeOf(card, "csharp");
            SnippetTests.Errors(code).ShouldBeEmpty(code);
            code.Contains("CsvTable.Read(rows, \"rows.csv\", model.Preprocessing.Reading)", StringComparison.Ordinal)
                .ShouldBe(shape is nameof(Classes) or nameof(Numbers));
        }
    }

    [Fact]
    public void Activation_and_scale_of_the_answer_are_named()
    {
        foreach (var card in CardsOf(Weights("mlp-regressor", nameof(Numbers))))
        {
            card.ShouldContain("activation");
            card.ShouldContain("relu (default)");
            card.ShouldContain("file.metadata()[\"targetScaling\"]");
            card.ShouldContain("answer[k] * deviation[k] + mean[k]");
        }

        CardsOf(Weights("mlp-regressor", nameof(Numbers), "tanh")).ShouldAllBe(
            card => card.Contains("tanh", StringComparison.Ordinal) && !card.Contains("relu", StringComparison.Ordinal));
        ModelCard.OfModel(Weights("vae", nameof(Classes))).ShouldContain("; the answer is the input as the network rebuilds it.");
    }

    private static string[] CardsOf(ExportedWeights weights) =>
    [
        ModelCard.OfModel(weights),
        ModelCard.OfEnsemble(
            new EnsembleManifest
            {
                Format = 1,
                Search = "s",
                Combine = EnsembleCombination.MeanProbability,
                Columns = [],
                ClassLabels = [],
                Members = [new(3, "trial-0003.scm", 0.5)],
                Metrics = new Dictionary<string, double>(),
                BestSingle = new Dictionary<string, double>(),
                Card = "What it is.",
            },
            [("trial-0003", weights)]),
    ];

    private static ExportedWeights Weights(string workload, string shape, string? activation = null) => new(
        workload,
        ParameterValues.Empty,
        activation is null ? ParameterValues.Empty : ParameterValues.Empty.With("activation", ParameterValue.Text(activation)),
        ValueMap<double>.Empty,
        shape switch { nameof(Classes) => Classes, nameof(Numbers) => Numbers, nameof(Images) => Images, _ => Texts },
        "{}",
        [new("layers.0.weight", "F32", [2, 2])]);

    private static string CodeOf(string card, string language) =>
        card.Split($"```{language}\n")[1].Split("```")[0];
}
