using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests;

/// <summary>Assignments and contexts for tests: a small network on the digits unless stated.</summary>
internal static class Trials
{
    public static readonly SearchId Search = new("digits");

    public static DataSpec Digits { get; } = new("digits", null, new SplitSpec());

    public static ParameterValues Values(params (string Name, ParameterValue Value)[] values) =>
        new(values.Select(entry => KeyValuePair.Create(entry.Name, entry.Value)));

    public static ParameterValues Sane(int epochs = 4, string optimizer = "adam") => Values(
        ("epochs", ParameterValue.Integer(epochs)),
        ("hiddenSize", ParameterValue.Integer(32)),
        ("learningRate", ParameterValue.Real(optimizer is "sgd" or "momentum" ? 0.05 : 0.005)),
        ("lrDecay", ParameterValue.Real(0.9)),
        ("reg", ParameterValue.Real(1e-4)),
        ("optimizer", ParameterValue.Text(optimizer)));

    public static TrialPlan Plan(
        ObjectiveSpec? objective = null,
        EarlyStoppingSpec? earlyStopping = null,
        string workload = "mlp",
        DataSpec? data = null,
        int checkpointEvery = 1,
        TimeSpan? trialTime = null) => new(
        SearchSeed: 42,
        new WorkloadSpec(workload, ParameterValues.Empty),
        workload == "mlp" ? data ?? Digits : null,
        objective ?? new ObjectiveSpec("val/loss", Direction.Minimize),
        earlyStopping,
        checkpointEvery,
        trialTime);

    public static TrialAssignment Assignment(
        ParameterValues values, TrialPlan? plan = null, int trial = 0, ulong seed = 7, int from = 0, int? until = null) => new(
        new LeaseKey(Search, WorkItem.Trial(new TrialId(trial)), 1, 1), values, seed, plan ?? Plan(), from, until);

    public static Recorder Run(
        TrialAssignment assignment,
        MemoryArtifactStore? artifacts = null,
        Action<Measurement, CancellationTokenSource>? onReport = null,
        WorkExecutor? executor = null)
    {
        using var cancellation = new CancellationTokenSource();
        var (reports, warnings) = (new List<Measurement>(), new List<string>());
        var store = artifacts ?? new MemoryArtifactStore();
        void Report(Measurement measurement)
        {
            reports.Add(measurement);
            onReport?.Invoke(measurement, cancellation);
        }

        var outcome = (executor ?? new WorkExecutor()).Run(
            assignment, new WorkContext(store, Report, TimeProvider.System, cancellation.Token, Warn: warnings.Add));
        return new(outcome, reports, store, warnings);
    }
}

/// <summary>What one attempt did.</summary>
internal sealed record Recorder(
    WorkOutcome Outcome, IReadOnlyList<Measurement> Reports, MemoryArtifactStore Artifacts, IReadOnlyList<string> Warnings)
{
    public AttemptCompleted Completed => Outcome.ShouldBeOfType<AttemptCompleted>((Outcome as AttemptFailed)?.Failure.ToString());

    public TrialResult Result => Completed.Result;

    public AttemptFailure Failure => Outcome.ShouldBeOfType<AttemptFailed>().Failure;

    public ValueMap<double>[] Curve => [.. Reports.Select(report => report.Metrics)];
}
