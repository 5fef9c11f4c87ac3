using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Tests.Fakes;

/// <summary>A search of forty trials whose results follow a known rule: dropout matters most, then the
/// activation, hiddenSize not at all.</summary>
internal static class AnalysisSample
{
    public static SearchSpec Spec { get; } = new()
    {
        Name = Sample.Digits,
        Workload = new WorkloadSpec("mlp", ParameterValues.Empty),
        Objective = Sample.Objective,
        Space = new SearchSpace(
        [
            new("activation", new ItemDomain([ParameterValue.Text("relu"), ParameterValue.Text("tanh")])),
            new("dropout", new RealDomain(0, 1)),
            new("hiddenSize", new IntegerDomain(16, 128)),
        ]),
        Budget = new BudgetSpec(40),
        Algorithm = new AlgorithmSpec("random", ParameterValues.Empty),
        Seed = 42,
    };

    public static IEnumerable<TrialView> Trials => Enumerable.Range(0, 40).Select(Trial);

    public static double Loss(int number) => Dropout(number) + (number % 2 == 0 ? 0 : 0.25);

    public static void FillIn(FakeSearchService service)
    {
        service.Spec = Spec;
        service.Trials.AddRange(Trials);
        service.With(Sample.Detail(SearchLifecycle.Completed));
    }

    // Places that spread evenly whatever the number of trials: multiples of a number that shares no factor with 64.
    private static double Dropout(int number) => number * 37 % 64 / 64.0;

    private static TrialView Trial(int number) => Sample.Trial(number, objective: Loss(number), values: new(
    [
        KeyValuePair.Create("activation", ParameterValue.Text(number % 2 == 0 ? "relu" : "tanh")),
        KeyValuePair.Create("dropout", ParameterValue.Real(Dropout(number))),
        KeyValuePair.Create("hiddenSize", ParameterValue.Integer(16 + (number * 53 % 113))),
    ])) with
    {
        EndedAt = ImpatientClock.Start.AddMinutes(number),
        Curve = [.. Enumerable.Range(1, 4).Select(
            epoch => new Measurement(epoch, Sample.Metrics(("val/loss", Loss(number) + (1.0 / epoch))), TimeSpan.FromSeconds(epoch)))],
    };
}
