using System.Diagnostics;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Cli.Tests.EndToEnd.Authoring;

/// <summary>A workload whose trials of mode <c>kill</c> end their process like a native abort and those of mode <c>exit</c> in order, and
/// whose others wait as long as such a one runs beside them; those of mode <c>thread</c> leave a thread behind.</summary>
public sealed class DeadlyWorkload : IComputedWorkload
{
    // Long enough that a neighbour has begun mostly; nothing rests on it.
    private static readonly TimeSpan WaitForNeighbour = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private static int _killers;
    private static int _others;

    public WorkloadDescriptor Descriptor { get; } =
        new("deadly", "Ends its process.", NeedsData: false, [], ["value"], AllowsOtherParameters: true);

    public WorkOutcome Run(TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context)
    {
        var mode = assignment.Values.TryGet("mode", out var value) ? value.ToString() : null;
        if (mode == "thread")
        {
            new Thread(static () => new ManualResetEventSlim().Wait()).Start();
        }

        if (mode is "kill" or "exit")
        {
            Interlocked.Increment(ref _killers);
            var start = context.Clock.GetTimestamp();
            while (Volatile.Read(ref _others) == 0 && context.Clock.GetElapsedTime(start) < WaitForNeighbour)
            {
                context.Cancellation.WaitHandle.WaitOne(Step);
            }

            if (mode == "exit")
            {
#pragma warning disable RS0030 // What such a workload does is what is tested.
                Environment.Exit(0);
#pragma warning restore RS0030
            }

            Process.GetCurrentProcess().Kill();
        }

        Interlocked.Increment(ref _others);
        while (Volatile.Read(ref _killers) > 0)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Cancellation.WaitHandle.WaitOne(Step);
        }

        Interlocked.Decrement(ref _others);
        return new AttemptCompleted(
            new TrialResult(0.5, 1, 1, ValueMap<double>.Empty.With("value", 0.5), TimeSpan.Zero, HasModel: false), TrainingStop.AllEpochs);
    }
}
