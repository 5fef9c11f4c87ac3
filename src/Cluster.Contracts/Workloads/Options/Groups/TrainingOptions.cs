#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Workloads.Options.Groups;

/// <summary>Epochs, batches, optimizer, step sizes, penalties and limits: what the training loop itself reads.</summary>
public sealed record TrainingOptions
{
    [SearchRange(1, 100_000), Description("Passes over the training part.")]
    public int Epochs { get; init; } = 50;

    [SearchRange(1, 1_048_576), Description("Rows per step; the last, smaller batch counts too. Optimizer lbfgs takes all rows at once.")]
    public int BatchSize { get; init; } = 64;

    [Description("Leave out the last batch of an epoch when it is smaller than the others.")]
    public bool DropLast { get; init; }

    [SearchItems("adam", "adamw", "sgd", "momentum", "nesterov", "rmsprop", "lbfgs"), Description("Update rule.")]
    public string Optimizer { get; init; } = "adam";

    [SearchRange(0, 1e3), Description("Step size of the first epoch, or after the warm-up.")]
    public double LearningRate { get; init; } = 1e-3;

    [SearchItems("exponential", "step", "inverse", "inverse-sqrt", "cosine", "plateau"), Description(
        "How the step size changes from epoch to epoch; exponential with lrDecay 1 keeps it.")]
    public string LrSchedule { get; init; } = "exponential";

    [SearchRange(0, 1), Description(
        "Factor on the step size after each epoch (exponential), after each lrStep epochs (step), or after lrStep epochs without "
            + "improvement (plateau); rate r of 1/(1 + r·epoch) (inverse).")]
    public double LrDecay { get; init; } = 1;

    [SearchRange(1, 100_000), Description("Epochs between two steps of lrSchedule step, or epochs without improvement of plateau.")]
    public int LrStep { get; init; } = 10;

    [SearchRange(0, 100_000), Description("Epochs at the start in which the step size grows evenly.")]
    public int WarmupEpochs { get; init; }

    [SearchRange(0, 1), Description("Momentum of optimizers momentum and nesterov.")]
    public double Momentum { get; init; } = 0.9;

    [SearchRange(0, 0.999999), Description("Decay of the mean gradient of adam and adamw.")]
    public double Beta1 { get; init; } = 0.9;

    [SearchRange(0, 0.9999999), Description("Decay of the mean squared gradient of adam and adamw.")]
    public double Beta2 { get; init; } = 0.999;

    [SearchRange(0, 1e6), Description(
        "L2 penalty: the gradient of each weight gets reg times the weight; adamw shrinks the weights instead.")]
    public double Reg { get; init; }

    [SearchRange(0, 1e6), Description("Longest gradient over all parameters; 0 for any.")]
    public double GradientClip { get; init; }

    [SearchRange(0, 1e6), Description("Longest weight vector of a unit; 0 for any.")]
    public double MaxNorm { get; init; }
}
