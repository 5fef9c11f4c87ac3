using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Scheduling;

/// <summary>Searches over one number whose trials follow given curves.</summary>
internal static class PlayedCurves
{
    public static SearchSpec Spec(int trials, string scheduler, int epochs, params (string Name, ParameterValue Value)[] options) =>
        TestSpecs.Spec(trials) with
        {
            Workload = new WorkloadSpec("function", ParameterValues.Empty.With("measurements", ParameterValue.Integer(epochs))),
            Scheduler = new SchedulerSpec(scheduler, new(options.Select(option => KeyValuePair.Create(option.Name, option.Value)))),
            Retry = RetrySpec.Default with { Max = 100 },
        };

    /// <summary>Plays trials whose loss does not change; one for each number.</summary>
    public static SimulatedSearch Play(SearchSpec spec, int epochs, double[] losses, int slots = 1) =>
        new SimulatedSearch(spec, TrialSchedulerCatalog.Create(spec), (trial, _) => losses[Number(trial)], epochs).Run(slots);

    public static int Number(TrialAssignment trial) => trial.Lease.Item.TrialId!.Value.Number;

    public static ParameterValue Whole(int value) => ParameterValue.Integer(value);
}
