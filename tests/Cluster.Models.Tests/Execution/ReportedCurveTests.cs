using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Models.Tests.Execution;

/// <summary>Objective, metrics and best level of a computed trial say the same, whatever its workload reported and returned.</summary>
public sealed class ReportedCurveTests
{
    [Fact]
    public void A_result_that_goes_on_after_the_last_report_is_one_more_measurement()
    {
        var run = Run([(10, 0.9), (20, 0.4)], (0.1, 30, 30, 0.1));

        run.Reports.Select(report => (report.Resource, report.Metrics["value"])).ShouldBe([(10, 0.9), (20, 0.4), (30, 0.1)]);
        (run.Result.Objective, run.Result.BestResource, run.Result.Metrics["value"]).ShouldBe((0.1, 30, 0.1));
        run.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void So_it_is_after_an_earlier_attempt_that_alone_reported()
    {
        var run = Run([], (0.1, 7, 7, 0.1), from: 5);

        run.Reports.ShouldHaveSingleItem().Resource.ShouldBe(7);
    }

    [Fact]
    public void A_result_alone_is_no_second_measurement()
    {
        var run = Run([], (0.5, 1, 1, 0.5));

        run.Reports.ShouldBeEmpty();
        run.Result.Objective.ShouldBe(0.5);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public void A_summary_that_differs_from_what_was_measured_is_told_with_both_numbers(int reports, int level)
    {
        var run = Run([.. Enumerable.Repeat((1, 0.9), reports)], (0.0001, level, level, 0.9));

        run.Result.Objective.ShouldBe(0.9);
        run.Warnings.ShouldHaveSingleItem().ShouldBe(
            "The result says value 0.0001 with level 1 as its best, but by what the workload reported it is 0.9 with level 1; the reports "
                + "count.");
    }

    [Fact]
    public void A_value_that_contradicts_the_report_of_its_level_fails_the_trial()
    {
        var run = Run([(5, 1), (2, 0.001), (5, 0.239)], (0.239, 5, 5, 0.239));

        run.Failure.Kind.ShouldBe(TrialFailureKind.WorkloadError);
        run.Failure.Message.ShouldContain("says value 0.239 at level 5, but the workload reported 1 for that level");
        run.Warnings.ShouldHaveSingleItem().ShouldContain("reported level 2 after level 5");
    }

    [Fact]
    public void The_best_level_and_its_metrics_are_those_of_the_best_report()
    {
        var run = Run([(1, 0.5), (2, 0.2), (3, 0.7)], (0.7, 3, 3, 0.7));

        (run.Result.Objective, run.Result.BestResource, run.Result.LastResource, run.Result.Metrics["value"]).ShouldBe((0.2, 2, 3, 0.2));
        run.Warnings.ShouldHaveSingleItem().ShouldContain("it is 0.2 with level 2");
    }

    [Theory]
    [InlineData(2, 3, "names level 2 as its best")]
    [InlineData(1, 1, "ends at level 1, but the workload reported level 3")]
    public void A_level_that_was_not_reported_or_left_behind_fails_the_trial(int best, int last, string expected) =>
        Run([(1, 0.5), (3, 0.2)], (0.5, best, last, 0.5)).Failure.Message.ShouldContain(expected);

    [Fact]
    public void The_best_level_never_comes_after_the_last() =>
        ReportRules.Problem(Completed(0.9, 7, 1, 0.9)).ShouldNotBeNull()
            .ShouldContain("names level 7 as its best, but its last level is 1");

    [Fact]
    public void Null_instead_of_a_measurement_goes_on_to_where_reports_are_checked()
    {
        var problems = new List<string?>();
        var workload = new Scripted(context =>
        {
            context.Report(null!);
            return Completed(0.5, 1, 1, 0.5);
        });

        new WorkExecutor("cpu", new WorkloadCatalog(workload)).Run(
            Assignment(0),
            new(
                new MemoryArtifactStore(),
                report => problems.Add(ReportRules.Problem(report)),
                TimeProvider.System,
                CancellationToken.None));

        problems.ShouldHaveSingleItem().ShouldNotBeNull().ShouldContain("reported null instead of a measurement");
    }

    [Theory]
    [InlineData(3, 0, 1)]
    [InlineData(4, 0, 0)]
    [InlineData(null, 0, 0)]
    [InlineData(3, 2, 0)]
    public void An_end_where_a_pause_was_asked_for_is_told(int? until, int from, int warnings)
    {
        var run = Run([(3, 0.4)], (0.4, 3, 3, 0.4), from, until);

        run.Result.LastResource.ShouldBe(3);
        run.Warnings.Count.ShouldBe(warnings);
        run.Warnings.ShouldAllBe(warning => warning.Contains("return TrainingStop.ResourceLimit there"));
    }

    [Fact]
    public void The_catalogue_tells_workloads_that_run_by_themselves()
    {
        var catalog = new WorkloadCatalog(new Scripted(_ => Completed(1, 1, 1, 1)), WorkloadCatalog.Default.Find("mlp")!);

        catalog.Descriptors.Select(descriptor => (descriptor.Name, descriptor.IsComputed)).ShouldBe([("mlp", false), ("scripted", true)]);
    }

    [Fact]
    public void Metrics_that_nobody_can_ask_for_and_reports_without_that_of_the_objective_are_told_once()
    {
        var run = Trials.Run(Assignment(0), executor: new WorkExecutor("cpu", new WorkloadCatalog(new Scripted(context =>
        {
            context.Report(new(1, new([new("value", 0.5), new("valeu", 0.1)]), TimeSpan.Zero));
            context.Report(new(2, new([new("valeu", 0.1)]), TimeSpan.Zero));
            context.Report(new(3, new([new("valeu", 0.1)]), TimeSpan.Zero));
            return Completed(0.5, 1, 3, 0.5);
        }))));

        run.Result.Objective.ShouldBe(0.5);
        run.Warnings.Count.ShouldBe(2);
        run.Warnings[0].ShouldStartWith("The workload reports the metric \"valeu\", which its descriptor does not name");
        run.Warnings[1].ShouldStartWith("The workload reports level 2 without value, the metric of the objective");
    }

    private static Recorder Run(
        (int Level, double Value)[] reports,
        (double Objective, int Best, int Last, double Value) result,
        int from = 0,
        int? until = null) => Trials.Run(
        Assignment(from) with { UntilResource = until },
        executor: new WorkExecutor("cpu", new WorkloadCatalog(new Scripted(context =>
        {
            foreach (var (level, value) in reports)
            {
                context.Report(new(level, ValueMap<double>.Empty.With("value", value), TimeSpan.Zero));
            }

            return Completed(result.Objective, result.Best, result.Last, result.Value);
        }))));

    private static AttemptCompleted Completed(double objective, int best, int last, double value) => new(
        new TrialResult(objective, best, last, ValueMap<double>.Empty.With("value", value), TimeSpan.Zero, HasModel: false),
        TrainingStop.AllEpochs);

    private static TrialAssignment Assignment(int from) => Trials.Assignment(
        ParameterValues.Empty, Trials.Plan(new ObjectiveSpec("value", Direction.Minimize), workload: "scripted"), from: from);

    private sealed class Scripted(Func<WorkContext, WorkOutcome> run) : IComputedWorkload
    {
        public WorkloadDescriptor Descriptor { get; } = new("scripted", "Does what a test says.", NeedsData: false, [], ["value"]);

        public WorkOutcome Run(TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context) => run(context);
    }
}
