using SearchCluster.Models.Training.Steps;
using SearchCluster.Models.Training.Trials;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training;

/// <summary>The training loop of every network workload: steps one network for one trial, on one thread.</summary>
/// <remarks>When training ends, what is kept and what is saved is known to <see cref="TrialRun"/> alone, so that a loop over a network of
/// several trials can ask each of them.</remarks>
internal static class Trainer
{
    /// <summary>Trains a trial, or goes on where an earlier attempt was.</summary>
    /// <returns>How the attempt ended.</returns>
    public static WorkOutcome Run(TrialSetup setup)
    {
        var context = setup.Context;
        context.Pulse?.Begin(setup.Assignment.Plan.TrialTime);
        using var scope = NewDisposeScope();

        // A metric that nobody measures is told before a network is built.
        var plan = setup.ToNetworkPlan();
        var progress = new TrialProgress(setup.Assignment, plan.Recipe, plan.Task);
        using var network = new NetworkInTraining(plan);
        var run = new TrialRun(setup, progress, network);
        try
        {
            run.Resume();
            while (run.Outcome is null)
            {
                RunEpoch(run, network, setup);
                run.EndEpoch();
            }
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            run.Halt();
        }

        return run.Outcome!;
    }

    private static void RunEpoch(TrialRun run, NetworkInTraining network, TrialSetup setup)
    {
        using var span = run.BeginEpoch();
        var loss = network.Runner.Train(run.NextEpoch, run.LearningRate, run.BeforeStep);
        double[] validation;
        using (run.BeginValidation())
        {
            validation = network.Evaluate(setup.Data.Validation);
        }

        run.Take(loss, validation, network.Runner.UntrainedLoss);
    }
}
