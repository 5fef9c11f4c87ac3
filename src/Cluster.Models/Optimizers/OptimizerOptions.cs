namespace SearchCluster.Models.Optimizers;

/// <summary>How parameters follow their gradients; the step size comes with each step.</summary>
/// <param name="Kind">Update rule.</param>
/// <param name="Momentum">Share of the last step that is kept, at least 0; read by <see cref="OptimizerKind.Momentum"/> only.</param>
/// <param name="WeightDecay">Coupled L2 penalty: this times the parameter is added to its gradient; at least 0.</param>
public sealed record OptimizerOptions(OptimizerKind Kind, double Momentum = 0.9, double WeightDecay = 0);

/// <summary>Update rules.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with β1 0.9, β2 0.999, ε 1e-8.</summary>
    Adam,

    /// <summary>Plain gradient descent.</summary>
    Sgd,

    /// <summary>Gradient descent with heavy-ball momentum.</summary>
    Momentum,

    /// <summary>RMSprop with α 0.99, ε 1e-8, not centred.</summary>
    RmsProp,
}

/// <summary>The constants of the update rules: those of the papers and of <c>torch.optim</c>.</summary>
internal static class OptimizerDefaults
{
    public const double Beta1 = 0.9;
    public const double Beta2 = 0.999;
    public const double Alpha = 0.99;
    public const double Epsilon = 1e-8;
}
