using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Workloads.Functions;

namespace SearchCluster.Models.Tests.Workloads;

public sealed class FunctionWorkloadTests
{
    // Minima and points of the Virtual Library of Simulation Experiments.
    [Theory]
    [InlineData("branin", new[] { Math.PI, 2.275 }, 0.397887)]
    [InlineData("branin", new[] { -Math.PI, 12.275 }, 0.397887)]
    [InlineData("branin", new[] { 0.0, 0.0 }, 55.602113)]
    [InlineData("sphere", new[] { 1.0, 2.0, 3.0 }, 14)]
    [InlineData("rosenbrock", new[] { 1.0, 1.0, 1.0 }, 0)]
    [InlineData("rosenbrock", new[] { -1.2, 1.0 }, 24.2)]
    [InlineData("rastrigin", new[] { 0.0, 0.0 }, 0)]
    [InlineData("rastrigin", new[] { 0.5, 1.0 }, 21.25)]
    [InlineData("ackley", new[] { 0.0, 0.0 }, 0)]
    [InlineData("ackley", new[] { 1.0, 1.0 }, 3.625385)]
    [InlineData("hartmann6", new[] { 0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573 }, -3.32237)]
    [InlineData("levy", new[] { 1.0, 1.0, 1.0 }, 0)]
    [InlineData("griewank", new[] { 0.0, 0.0 }, 0)]
    [InlineData("schwefel", new[] { 420.968746359982, 420.968746359982 }, 0)]
    [InlineData("styblinski-tang", new[] { -2.903534, -2.903534 }, -78.33233)]
    // The points below in mpmath 1.3 with 30 digits.
    [InlineData("levy", new[] { 2.0, -1.0, 0.5 }, 2.162409404)]
    [InlineData("griewank", new[] { 1.0, 2.0, 3.0 }, 1.017027970)]
    [InlineData("schwefel", new[] { 100.0, -200.0 }, 1092.365416858)]
    [InlineData("styblinski-tang", new[] { 1.0, -2.0 }, -34)]
    public void Values_are_those_of_the_literature(string function, double[] x, double expected) =>
        TestFunctions.Evaluate(function, x).ShouldBe(expected, 1e-5);

    // In mpmath 1.3 with 30 digits.
    [Theory]
    [InlineData("zdt1", new[] { 0.25, 0.5, 0.25 }, 0.25, 3.32917496683240557)]
    [InlineData("zdt3", new[] { 0.25, 0.5, 0.25 }, 0.25, 3.07917496683240557)]
    [InlineData("zdt1", new[] { 0.25, 0, 0 }, 0.25, 0.5)]
    [InlineData("zdt3", new[] { 0.15, 0 }, 0.15, 0.762701665379258311)]
    public void Two_objectives_have_two_values(string function, double[] x, double first, double second)
    {
        var values = TestFunctions.EvaluateAll(function, x);

        values.Length.ShouldBe(2);
        values[0].ShouldBe(first, 1e-12);
        values[1].ShouldBe(second, 1e-12);
    }

    [Fact]
    public void Every_function_of_the_descriptor_can_be_evaluated()
    {
        var functions = (ItemDomain)BuiltinWorkloads.Function.Hyperparameters.Single(h => h.Name == "function").Domain;

        functions.Items
            .Select(name => TestFunctions.EvaluateAll(
                name.ToString(), [.. Enumerable.Repeat(0.5, TestFunctions.Dimensions(name.ToString()) ?? 3)]))
            .ShouldAllBe(values => values.All(double.IsFinite));
    }

    [Fact]
    public void Both_metrics_fall_to_their_values()
    {
        var run = Trials.Run(Two("zdt1", new("value2", Direction.Minimize)));

        run.Curve.Select(metrics => metrics["value"]).ShouldBe([0.875, 0.25]);
        run.Result.Metrics["value2"].ShouldBe(0.5, 1e-12);
        run.Result.Objective.ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void An_objective_that_the_function_does_not_report_is_misconfigured()
    {
        var run = Trials.Run(Two("sphere", new("value2", Direction.Minimize)));

        run.Failure.Kind.ShouldBe(TrialFailureKind.Misconfigured);
        run.Failure.Message.ShouldBe(
            "Function 'sphere' reports value, but the objective is 'value2'; use one of these metrics, or a function with two objectives "
                + "(zdt1, zdt3).");
    }

    [Fact]
    public void Measurements_fall_to_the_exact_value_and_need_no_checkpoint_at_the_end()
    {
        var run = Trials.Run(Assignment(4));

        run.Reports.Select(report => report.Resource).ShouldBe([1, 2, 3, 4]);
        run.Curve.Select(metrics => metrics["value"]).ShouldBe([9.5, 8, 6.5, 5]);
        run.Result.ShouldBe(new TrialResult(5, 4, 4, run.Curve[3], TimeSpan.Zero, HasModel: false));
    }

    [Fact]
    public void A_resumed_trial_goes_on_after_its_checkpoint()
    {
        var first = Trials.Run(Assignment(6, until: 3));
        var second = Trials.Run(Assignment(6, from: 3), first.Artifacts);

        first.Completed.StopReason.ShouldBe(TrainingStop.ResourceLimit);
        second.Reports.Select(report => report.Resource).ShouldBe([4, 5, 6]);
        first.Curve.Concat(second.Curve).ShouldBe(Trials.Run(Assignment(6)).Curve);
    }

    [Fact]
    public void A_trial_that_takes_another_over_goes_on_after_that_ones_last_measurement_unless_it_saved_its_own_since()
    {
        var store = Trials.Run(Assignment(6, until: 2)).Artifacts;
        Trials.Run(Assignment(6, until: 3) with { Lease = new LeaseKey(Trials.Search, WorkItem.Trial(new TrialId(1)), 1, 1) }, store);

        var taken = Trials.Run(Assignment(6, from: 2, until: 5) with { CheckpointOf = new TrialId(1) }, store);
        var again = Trials.Run(Assignment(6, from: 4) with { CheckpointOf = new TrialId(1) }, store);

        taken.Reports.Select(report => report.Resource).ShouldBe([3, 4, 5]);
        again.Reports.Select(report => report.Resource).ShouldBe([5, 6]);
    }

    [Fact]
    public void Cancelling_ends_the_wait()
    {
        var run = Trials.Run(Assignment(10, sleep: 1), onReport: (_, cancellation) => cancellation.Cancel());

        run.Outcome.ShouldBeOfType<AttemptHalted>().Resource.ShouldBe(1);
    }

    [Fact]
    public void A_wrong_number_of_coordinates_is_misconfigured()
    {
        var run = Trials.Run(Trials.Assignment(
            Trials.Values(("function", ParameterValue.Text("branin")), ("x", ParameterValue.Real(1))),
            Trials.Plan(Value, workload: "function")));

        run.Failure.Kind.ShouldBe(TrialFailureKind.Misconfigured);
        run.Failure.Message.ShouldContain("takes 2 coordinate(s), but the configuration holds 1");
    }

    private static ObjectiveSpec Value { get; } = new("value", Direction.Minimize);

    private static TrialAssignment Two(string function, ObjectiveSpec objective) => Trials.Assignment(
        Trials.Values(
            ("function", ParameterValue.Text(function)),
            ("x", ParameterValue.Real(0.25)),
            ("y", ParameterValue.Real(0)),
            ("measurements", ParameterValue.Integer(2))),
        Trials.Plan(objective, workload: "function"));

    private static TrialAssignment Assignment(int measurements, int from = 0, int? until = null, int sleep = 0) => Trials.Assignment(
        Trials.Values(
            ("function", ParameterValue.Text("sphere")), ("x", ParameterValue.Integer(1)), ("y", ParameterValue.Real(2)),
            ("measurements", ParameterValue.Integer(measurements)), ("sleepMilliseconds", ParameterValue.Integer(sleep))),
        Trials.Plan(Value, workload: "function"), from: from, until: until);
}
