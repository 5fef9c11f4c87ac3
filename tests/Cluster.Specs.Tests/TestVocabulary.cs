
using SearchCluster.Search.Scheduling;
using SearchCluster.Specs.Rules;

namespace SearchCluster.Specs.Tests;

/// <summary>A vocabulary with options of every kind, whatever those of the release are.</summary>
internal static class TestVocabulary
{
    public static SpecVocabulary Value { get; } = ReleaseVocabulary.Value with
    {
        Algorithms = ReleaseVocabulary.Value.Algorithms.Select(algorithm => algorithm.Name switch
        {
            "gp" => algorithm with
            {
                Options =
                [
                    new("startup", new IntegerDomain(0, 1_000), null, "Points before the model."),
                    new(
                        "kernel",
                        new ItemDomain([ParameterValue.Text("matern"), ParameterValue.Text("rbf")]),
                        ParameterValue.Text("matern"),
                        "Covariance."),
                    new("jitter", new RealDomain(0, 1), ParameterValue.Real(1e-6), "Added to the diagonal."),
                    new("warp", new BooleanDomain(), ParameterValue.Boolean(true), "Warp the inputs."),
                ],
            },
            "random" => algorithm with { Options = [] },
            _ => algorithm,
        }).ToValueArray(),
        Schedulers =
        [
            NoScheduler.Descriptor,
            new("median", "Median.", [new("grace", new IntegerDomain(0, 1_000), ParameterValue.Integer(5), "Levels before it decides.")]),
            new("asha", "Successive halving.",
            [
                new("min", new IntegerDomain(1, 100_000), ParameterValue.Integer(1), "First level."),
                new("max", new IntegerDomain(1, 100_000), null, "Longest training."),
                new("reduction", new RealDomain(1.1, 16), ParameterValue.Real(3), "Share kept."),
                new("brackets", new IntegerDomain(1, 16), null, "Brackets.", IsOptional: true),
                new(
                    "variant",
                    new ItemDomain([ParameterValue.Text("stopping"), ParameterValue.Text("promotion")]),
                    ParameterValue.Text("stopping"),
                    "What happens at a level."),
            ]),
            new("hyperband", "Hyperband.", [new("max", new IntegerDomain(1, 100_000), null, "Longest training.")]),
            new("pbt", "Populations.", []),
        ],
    };
}
