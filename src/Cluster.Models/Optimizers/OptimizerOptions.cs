using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Models.Optimizers;

/// <summary>How parameters follow their gradients; the step size comes with each step.</summary>
/// <param name="Kind">Update rule.</param>
/// <param name="Momentum">Share of the last step that is kept, at least 0; read by <see cref="OptimizerKind.Momentum"/> and
/// <see cref="OptimizerKind.Nesterov"/>.</param>
/// <param name="WeightDecay">L2 penalty, at least 0: this times the parameter is added to its gradient; AdamW shrinks the parameter by it
/// times the step size instead.</param>
/// <param name="Beta1">Decay of the mean gradient of Adam and AdamW, from 0 to below 1.</param>
/// <param name="Beta2">Decay of the mean squared gradient of Adam and AdamW, from 0 to below 1.</param>
public sealed record OptimizerOptions(
    OptimizerKind Kind,
    double Momentum = 0.9,
    double WeightDecay = 0,
    double Beta1 = OptimizerDefaults.Beta1,
    double Beta2 = OptimizerDefaults.Beta2)
{
    private static readonly Dictionary<string, OptimizerKind> Names = new(StringComparer.Ordinal)
    {
        ["adam"] = OptimizerKind.Adam,
        ["adamw"] = OptimizerKind.AdamW,
        ["sgd"] = OptimizerKind.Sgd,
        ["momentum"] = OptimizerKind.Momentum,
        ["nesterov"] = OptimizerKind.Nesterov,
        ["rmsprop"] = OptimizerKind.RmsProp,
        ["lbfgs"] = OptimizerKind.Lbfgs,
    };

    internal static OptimizerOptions Of(TrainingOptions options) =>
        new(Names[options.Optimizer], options.Momentum, options.Reg, options.Beta1, options.Beta2);
}

/// <summary>Update rules.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with ε 1e-8.</summary>
    Adam,

    /// <summary>Plain gradient descent.</summary>
    Sgd,

    /// <summary>Gradient descent with heavy-ball momentum.</summary>
    Momentum,

    /// <summary>RMSprop with α 0.99, ε 1e-8, not centred.</summary>
    RmsProp,

    /// <summary>Adam with decoupled weight decay.</summary>
    AdamW,

    /// <summary>Gradient descent with Nesterov's momentum.</summary>
    Nesterov,

    /// <summary>Limited-memory BFGS on the whole training part.</summary>
    Lbfgs,
}

/// <summary>The constants of the update rules: those of the papers and of <c>torch.optim</c>.</summary>
internal static class OptimizerDefaults
{
    public const double Beta1 = 0.9;
    public const double Beta2 = 0.999;
    public const double Alpha = 0.99;
    public const double Epsilon = 1e-8;
}
