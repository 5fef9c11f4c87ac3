using System.Diagnostics;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Cli.Tests.EndToEnd.Authoring;

/// <summary>A workload whose trials of mode <c>kill</c> end their process like a native abort, and whose others wait as long as such a one
/// runs beside them.</summary>
public sealed class DeadlyWorkload : IComputedWorkload
{
    // Long enough that a neighbour has begun mostly; nothing rests on it.
    private static readonly TimeSpan WaitForNeighbour = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private static int s_killers;
    private static int s_others;

    public WorkloadDescriptor Descriptor { get; } =
        new("deadly", "Ends its process.", NeedsData: false, [], ["value"], AllowsOtherParameters: true);

    public WorkOutcome Run(TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context)
    {
        if (assignment.Values.TryGet("mode", out var mode) && mode.ToString() == "kill")
        {
            Interlocked.Increment(ref s_killers);
            var start = context.Clock.GetTimestamp();
            while (Volatile.Read(ref s_others) == 0 && context.Clock.GetElapsedTime(start) < WaitForNeighbour)
            {
                context.Cancellation.WaitHandle.WaitOne(Step);
            }

            Process.GetCurrentProcess().Kill();
        }

        Interlocked.Increment(ref s_others);
        while (Volatile.Read(ref s_killers) > 0)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Cancellation.WaitHandle.WaitOne(Step);
        }

        Interlocked.Decrement(ref s_others);
        return new AttemptCompleted(
            new TrialResult(0.5, 1, 1, ValueMap<double>.Empty.With("value", 0.5), TimeSpan.Zero, HasModel: false), TrainingStop.AllEpochs);
    }
}
