using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Cli.Tests.EndToEnd.Authoring;

/// <summary>A workload that prints, in the assembly of the tests, which the tool loads like a user's.</summary>
public sealed class PrintingWorkload : IComputedWorkload
{
    /// <summary>Names the variable that takes its descriptor away.</summary>
    public const string NullVariable = "SEARCHCLUSTER_TEST_NULL_DESCRIPTOR";

    public PrintingWorkload() => Console.WriteLine("printed at load");

    public WorkloadDescriptor Descriptor { get; } = Environment.GetEnvironmentVariable(NullVariable) is null
        ? new("printing", "Prints.", NeedsData: false, [], ["value"], AllowsOtherParameters: true)
        : null!;

    public WorkOutcome Run(TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context)
    {
        Console.WriteLine("printed in a trial");
        return new AttemptCompleted(
            new TrialResult(0.5, 1, 1, ValueMap<double>.Empty.With("value", 0.5), TimeSpan.Zero, HasModel: false), TrainingStop.AllEpochs);
    }
}
