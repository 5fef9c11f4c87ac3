using SearchCluster.Simulation.Engine;

namespace SearchCluster.Simulation.Checks;

/// <summary>What is searched, by which workers.</summary>
internal sealed class SearchPlan
{
    /// <summary>How many kinds of searches there are.</summary>
    public const int Kinds = 8;

    private const int Trials = 30;
    private const int AshaLevels = 4;
    private const string Metric = "value";

    private SearchPlan(int number, SearchSpec spec, int[] slots) => (Number, Spec, Slots) = (number, spec, slots);

    /// <summary>Plans of the same number suggest and measure the same.</summary>
    public int Number { get; }

    public SearchSpec Spec { get; }

    /// <summary>Slots of each worker.</summary>
    public IReadOnlyList<int> Slots { get; }

    public int Budget => Spec.Budget.Trials!.Value;

    public int SnapshotInterval { get; private init; } = 1_000;

    /// <summary>True for the run that others are compared with.</summary>
    public bool IsQuiet { get; private init; }

    public double SlowestLevelSeconds { get; private init; } = 2;

    /// <summary>True when trials and losses do not depend on what happens.</summary>
    public bool IsIndependent => Spec.Algorithm.Type is not "tpe" && Spec.Scheduler is null;

    /// <summary>Chooses one.</summary>
    /// <param name="world">Its chance decides.</param>
    public static SearchPlan Of(World world)
    {
        var number = (int)world.Random.NextInteger(0, Kinds - 1);
        var spec = SpecOf(number) with
        {
            Resources = new ResourcesSpec(world.Chance(0.2) ? (int)world.Random.NextInteger(1, 5) : null),
            Checkpoint = new CheckpointSpec(world.Chance(0.3) ? 2 : 1),
        };
        return new(number, spec, [.. Enumerable.Range(0, 4).Select(_ => (int)world.Random.NextInteger(1, 2))])
        {
            SnapshotInterval = (int)world.Random.NextInteger(10, 80),
            SlowestLevelSeconds = world.Chance(0.2) ? 6 : 2,
        };
    }

    /// <summary>The same search without anything that goes wrong.</summary>
    public static SearchPlan Quiet(int number) => new(number, SpecOf(number), [2, 2, 2, 2]) { IsQuiet = true };

    /// <summary>How many levels a trial has.</summary>
    public int LevelsOf(ParameterValues values) =>
        Spec.Scheduler is null ? 1 + (int)(Numbers(values).Sum() * 7_919 % 4) : AshaLevels;

    /// <summary>What a trial is worth after a level; better with each.</summary>
    public double ValueOf(ParameterValues values, int level) =>
        Numbers(values).Sum(x => (x - 0.3) * (x - 0.3)) + (0.1 * (LevelsOf(values) - level));

    private static IEnumerable<double> Numbers(ParameterValues values) =>
        values.Entries.Values.Select(value => value.TryGetNumber(out var number) ? number : 0);

    private static SearchSpec SpecOf(int number) => new()
    {
        Name = new SearchId("simulated"),
        Workload = new WorkloadSpec("function", ParameterValues.Empty.With("function", ParameterValue.Text("sphere"))),
        Objective = new ObjectiveSpec(Metric, Direction.Minimize),
        Space = number == 2
            ? new SearchSpace([new ParameterSpec("x", new IntegerDomain(0, 5)), new ParameterSpec("y", new IntegerDomain(0, 4))])
            : new SearchSpace([new ParameterSpec("x", new RealDomain(0, 1)), new ParameterSpec("y", new RealDomain(0, 1))]),
        Budget = new BudgetSpec(Trials: Trials),
        Algorithm = new AlgorithmSpec(
            number switch { 2 => "grid", 3 => "sobol", 4 => "halton", 5 => "tpe", _ => "random" }, ParameterValues.Empty),
        Scheduler = number is 6 ? new SchedulerSpec("asha", ParameterValues.Empty
            .With("max", ParameterValue.Integer(AshaLevels))
            .With("min", ParameterValue.Integer(1))
            .With("reduction", ParameterValue.Integer(2))
            .With("variant", ParameterValue.Text("promotion"))) : null,
        Seed = 7 + (ulong)number,
        Retry = new RetrySpec(1_000, [TrialFailureKind.WorkerLost], TimeSpan.Zero),
    };
}
