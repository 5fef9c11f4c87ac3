using SearchCluster.GpuWorker.Execution.Reports;
using SearchCluster.GpuWorker.Outbox;

namespace SearchCluster.GpuWorker.Tests.Fakes;

/// <summary>Contracts with as little in them as a test needs.</summary>
internal static class Samples
{
    public static SearchId Search { get; } = new("digits");

    public static WorkerId Worker { get; } = new("host-cpu");

    public static LeaseKey Lease(int trial, int attempt = 1) => new(Search, WorkItem.Trial(new TrialId(trial)), attempt, trial + 1);

    public static TrialAssignment Trial(int trial, int fromResource = 0, string? traceParent = null)
    {
        var plan = new TrialPlan(
            0, new WorkloadSpec("function", ParameterValues.Empty), null, new ObjectiveSpec("value", Direction.Minimize), null);
        return new(Lease(trial), ParameterValues.Empty, 1, plan, fromResource, TraceParent: traceParent);
    }

    /// <summary>A trial of a search in which each measurement waits for its decision.</summary>
    public static AssignmentGroup Patient(int trial) =>
        new([Trial(trial) with { Plan = Trial(trial).Plan with { AwaitsDecisions = true } }]);

    /// <summary>A trial that may hold so much memory.</summary>
    public static AssignmentGroup Bounded(int trial, long memory) =>
        new([Trial(trial) with { Plan = Trial(trial).Plan with { MemoryBytes = memory } }]);

    public static AssignmentGroup Group(params ReadOnlySpan<int> trials)
    {
        var items = new List<WorkAssignment>();
        foreach (var trial in trials)
        {
            items.Add(Trial(trial));
        }

        return new(items.ToValueArray());
    }

    public static Measurement Measurement(int resource) =>
        new(resource, ValueMap<double>.Empty.With("value", 1.0 / resource), TimeSpan.FromSeconds(resource));

    public static AttemptCompleted Completed(double objective = 0.5) =>
        new(new TrialResult(objective, 1, 1, ValueMap<double>.Empty, TimeSpan.FromSeconds(1), HasModel: false), TrainingStop.AllEpochs);

    public static StoredOutcome Stored(int trial, int measurements = 0)
    {
        var lease = Lease(trial);
        var before = Enumerable.Range(1, measurements)
            .Select(number => new SearchCommands.ReportMeasurement(lease, number, Measurement(number), null))
            .ToValueArray();
        return new(new(lease, measurements + 1, Completed(), null), before);
    }

    public static PendingReport Pending(int trial, long seq, bool isOutcome = false) =>
        new(Lease(trial), seq, isOutcome ? null : Measurement((int)seq), isOutcome ? Completed() : null, null);

    public static WorkerDescription Description(int slots = 1) =>
        new(Worker, "incarnation-1", new DeviceDescription("cpu", "CPU, 1 core", 0), slots, ValueMap<string>.Empty, "1.0.0");
}
