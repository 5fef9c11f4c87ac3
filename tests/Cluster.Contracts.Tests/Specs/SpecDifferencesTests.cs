using SearchCluster.Contracts.Tests.Wire;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Contracts.Tests.Specs;

public sealed class SpecDifferencesTests
{
    private static readonly SearchSpec Spec = new()
    {
        Name = new SearchId("digits"),
        Workload = new WorkloadSpec("mlp", ParameterValues.Empty.With("epochs", ParameterValue.Integer(5))),
        Objective = new ObjectiveSpec("val/loss", Direction.Minimize),
        Space = new SearchSpace(
        [
            new ParameterSpec("lr", new RealDomain(0.001, 0.1, IsLog: true)),
            new ParameterSpec("size", new IntegerDomain(1, 8)),
        ]),
        Budget = new BudgetSpec(Trials: 3),
        Algorithm = new AlgorithmSpec("random", ParameterValues.Empty),
    };

    [Fact]
    public void Equal_specs_differ_in_nothing() => Between(Spec with { Seed = 0 }).ShouldBeEmpty();

    [Fact]
    public void Each_field_is_named_by_its_path_with_both_values()
    {
        var given = Spec with
        {
            Workload = Spec.Workload with { Fixed = Spec.Workload.Fixed.With("epochs", ParameterValue.Integer(6)) },
            Space = new SearchSpace(
                [new ParameterSpec("lr", new RealDomain(0.001, 0.2, IsLog: true)), new ParameterSpec("depth", new IntegerDomain(1, 2))]),
            Budget = new BudgetSpec(Trials: 4),
            Objective = Spec.Objective with { OnNonFinite = NonFinitePolicy.Worst },
            Description = "More",
        };

        var differences = Between(given);

        differences.Select(difference => difference.Path).ShouldBe(
            ["workload.fixed.epochs", "space.lr.max", "space.size", "space.depth", "budget.trials", "objective.onNonFinite", "description"],
            ignoreOrder: true);
        differences.ShouldContain(new SpecDifference("workload.fixed.epochs", "5", "6"));
        differences.ShouldContain(new SpecDifference("space.lr.max", "0.1", "0.2"));
        differences.ShouldContain(new SpecDifference("objective.onNonFinite", "\"fail-trial\"", "\"worst\""));
        differences.ShouldContain(new SpecDifference("description", null, "\"More\""));
        differences.Single(difference => difference.Path == "space.depth").Stored.ShouldBeNull();
        differences.Single(difference => difference.Path == "space.size").Given.ShouldBeNull();
    }

    [Fact]
    public void Any_two_specs_that_are_not_equal_differ_in_something()
    {
        var samples = ContractSamples.Of(typeof(SearchSpec)).Cast<SearchSpec>().Select(spec => new WrittenSpec(spec)).ToList();

        foreach (var (stored, given) in samples.SelectMany(stored => samples.Select(given => (stored, given))))
        {
            (SpecDifferences.Between(stored, given).Count == 0).ShouldBe(stored == given);
        }
    }

    private static ValueArray<SpecDifference> Between(SearchSpec given) => SpecDifferences.Between(new(Spec), new(given));
}
