namespace SearchCluster.Coordinator.Tests.Fixtures;

/// <summary>Specs of searches that train nothing.</summary>
internal static class TestSpecs
{
    public static SearchSpec Random(string name, int trials = 10, int? concurrency = null, bool ensemble = false, int retries = 3) => new()
    {
        Name = new SearchId(name),
        Workload = new WorkloadSpec("function", ParameterValues.Empty.With("function", ParameterValue.Text("sphere"))),
        Objective = new ObjectiveSpec("value", Direction.Minimize),
        Space = new SearchSpace([new ParameterSpec("x", new RealDomain(0, 1)), new ParameterSpec("y", new RealDomain(0, 1))]),
        Budget = new BudgetSpec(Trials: trials),
        Algorithm = new AlgorithmSpec("random", ParameterValues.Empty),
        Seed = 7,
        Resources = new ResourcesSpec(concurrency),
        Retry = new RetrySpec(retries, [TrialFailureKind.WorkerLost], TimeSpan.Zero),
        Ensemble = ensemble ? new EnsembleSpec("top-k", 2) : null,
    };

    public static SearchCommands.SubmitSearch Submission(SearchSpec spec) => new(spec.Name, spec, $"# {spec.Name}", null);
}
