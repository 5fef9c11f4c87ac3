using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training.Steps;

/// <summary>Limits on gradients and weights; call without gradient mode.</summary>
internal static class Constraints
{
    private const double Small = 1e-6;

    /// <summary>Shortens gradients in place when their common Euclidean norm is above the limit.</summary>
    public static void Clip(IEnumerable<Tensor> gradients, double limit)
    {
        var all = gradients.ToList();
        var norm = stack([.. all.Select(gradient => gradient.norm())]).norm();
        var factor = norm.Plus(Small).reciprocal().mul(Scalars.Of(limit)).clamp_max(Scalars.Of(1.0));
        all.ForEach(gradient => gradient.mul_(factor));
    }

    /// <summary>Shortens in place the weights of each unit (dimension 0) of each matrix or kernel whose
    /// Euclidean norm is above the limit; biases stay.</summary>
    public static void LimitNorms(IEnumerable<Tensor> parameters, double limit)
    {
        foreach (var weights in parameters.Where(parameter => parameter.dim() > 1))
        {
            var units = weights.flatten(1);
            var factor = units.norm(1, keepdim: true).Plus(Small).reciprocal().mul(Scalars.Of(limit)).clamp_max(Scalars.Of(1.0));
            units.mul_(factor);
        }
    }
}
