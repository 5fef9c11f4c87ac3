namespace SearchCluster.TestKit.Searches;

/// <summary>Spaces of every kind for tests of samplers.</summary>
public static class SampleSpaces
{
    private static ParameterValue[] Letters { get; } = [ParameterValue.Text("a"), ParameterValue.Text("b"), ParameterValue.Text("c")];

    /// <summary>All spaces by name; each parameter is countable or has grid points.</summary>
    public static IReadOnlyDictionary<string, SearchSpace> All { get; } = new Dictionary<string, SearchSpace>
    {
        ["mixed"] = new([
            new("x", new RealDomain(-1, 1), GridPoints: 5),
            new("lr", new RealDomain(1e-6, 1, IsLog: true), GridPoints: 7),
            new("units", new IntegerDomain(1, 1024, IsLog: true), GridPoints: 6),
            new("layers", new IntegerDomain(0, 3)),
            new("act", new ItemDomain([.. Letters])),
            new("bias", new BooleanDomain())]),
        ["steps"] = new([
            new("drop", new RealDomain(0.1, 0.73, Step: 0.05)),
            new("rate", new RealDomain(0.1, 2, IsLog: true, Step: 0.3)),
            new("even", new IntegerDomain(2, 21, Step: 4)),
            new("wide", new IntegerDomain(1, 1000, IsLog: true, Step: 7), GridPoints: 9)]),
        ["extreme"] = new([
            new("all", new IntegerDomain(long.MinValue, long.MaxValue), GridPoints: 4),
            new("big", new IntegerDomain(1, long.MaxValue, IsLog: true), GridPoints: 4),
            new("tiny", new RealDomain(double.Epsilon, 1e-300, IsLog: true), GridPoints: 4),
            new("huge", new RealDomain(-double.MaxValue, double.MaxValue), GridPoints: 4)]),
        ["none-and-lists"] = new([
            new(
                "hidden",
                new ItemDomain([
                    ParameterValue.None,
                    ParameterValue.List([ParameterValue.Integer(64), ParameterValue.Integer(64)]),
                    ParameterValue.List([ParameterValue.Integer(128)]),
                    ParameterValue.List([]),
                ])),
            new("clip", new ItemDomain([ParameterValue.None, ParameterValue.Real(0.1), ParameterValue.Real(1)], IsOrdered: true)),
            new(
                "rate",
                new RealDomain(0, 1),
                GridPoints: 4,
                When: [new("hidden", new OneOfTest([ParameterValue.None, ParameterValue.List([])]))])]),
        ["one-point"] = new([
            new("x", new RealDomain(2, 2), GridPoints: 3),
            new("n", new IntegerDomain(-3, -3)),
            new("a", new ItemDomain([ParameterValue.Text("only")]))]),
        ["conditional"] = new(
            [
                new("kind", new ItemDomain([.. Letters])),
                new("momentum", new RealDomain(0, 1), GridPoints: 3, When: [Is("kind", "b")]),
                new("depth", new IntegerDomain(1, 3)),
                new("width", new IntegerDomain(1, 2), When: [new("depth", new RangeTest(2, null)), Is("kind", "a")]),
                new("inner", new BooleanDomain(), When: [new("width", new RangeTest(2, 2))]),
            ]),
        ["forbidden"] = new(
            [new("a", new IntegerDomain(0, 9)), new("b", new IntegerDomain(0, 9)), new("c", new BooleanDomain())],
            [
                new([new("a", new RangeTest(3, null)), new("b", new RangeTest(null, 6))]),
                new([new("c", new OneOfTest([ParameterValue.Boolean(true)])), new("b", new OneOfTest([ParameterValue.Integer(9)]))]),
            ]),
    };

    /// <summary>A specification with one of the spaces.</summary>
    public static SearchSpec Spec(string name) => new()
    {
        Name = new SearchId("sample"),
        Workload = new WorkloadSpec("function", ParameterValues.Empty),
        Objective = new ObjectiveSpec("value", Direction.Minimize),
        Space = All[name],
        Budget = new BudgetSpec(1_000_000),
        Algorithm = new AlgorithmSpec("random", ParameterValues.Empty),
        Seed = 42,
    };

    /// <summary>A specification with a large space: fifty numbers, or two hundred parameters of which most
    /// depend on others; not countable.</summary>
    public static SearchSpec Large(string name) => Spec("mixed") with
    {
        Space = name == "fifty"
            ? new([.. Enumerable.Range(0, 50).Select(i => new ParameterSpec($"x{i:D2}", new RealDomain(-1, 1), GridPoints: 2))])
            : new([
                .. Enumerable.Range(0, 20).Select(i => new ParameterSpec($"kind{i:D2}", new ItemDomain([.. Letters]))),
                .. Enumerable.Range(0, 180).Select(i => new ParameterSpec(
                    $"y{i:D3}",
                    i % 3 == 0 ? new IntegerDomain(1, 64, IsLog: true) : new RealDomain(0, 1),
                    GridPoints: 2,
                    When: [Is($"kind{i % 20:D2}", i % 2 == 0 ? "a" : "b")]))]),
    };

    private static Condition Is(string parameter, string text) => new(parameter, new OneOfTest([ParameterValue.Text(text)]));
}
