namespace SearchCluster.Search.Tests;

internal static class TestSpecs
{
    public static readonly SearchId Id = new("test");

    public static SearchSpace Line { get; } = new([new("x", new RealDomain(-1, 1))]);

    public static SearchSpec Spec(int? trials = 3, string? ensemble = null, Func<BudgetSpec, BudgetSpec>? budget = null)
    {
        var limits = new BudgetSpec(trials);
        return new SearchSpec
        {
            Name = Id,
            Workload = new WorkloadSpec("function", ParameterValues.Empty),
            Objective = new ObjectiveSpec("value", Direction.Minimize),
            Space = Line,
            Budget = budget is null ? limits : budget(limits),
            Algorithm = new AlgorithmSpec("random", ParameterValues.Empty),
            Seed = 7,
            Ensemble = ensemble is null ? null : new EnsembleSpec(ensemble, 3),
        };
    }

    public static WorkerDescription Worker(string name = "w1", string device = "cpu", params (string Key, string Value)[] labels) => new(
        new WorkerId(name),
        name + "-process",
        new DeviceDescription(device, "test device", 0),
        4,
        new ValueMap<string>(labels.Select(label => KeyValuePair.Create(label.Key, label.Value))),
        "1.0");

    public static Measurement Measurement(int resource, double value) =>
        new(resource, ValueMap<double>.Empty.With("value", value), TimeSpan.FromSeconds(resource));

    public static TrialResult Result(double objective, int resource = 1, bool hasModel = true) =>
        new(objective, resource, resource, ValueMap<double>.Empty.With("value", objective), TimeSpan.FromSeconds(resource), hasModel);

    public static AttemptFailed Failed(TrialFailureKind kind) => new(new AttemptFailure(kind, $"It failed with {kind}."));
}
