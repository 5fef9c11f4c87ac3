using SearchCluster.Models.Networks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Cnn;

/// <summary>Four branches side by side: 1×1; 1×1 then 3×3; 1×1 then 5×5; pooling then 1×1. Each gives a quarter
/// of the channels, the first what is left.</summary>
/// <remarks>Source: Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, figure 2b.</remarks>
internal sealed class InceptionUnit : nn.Module<Tensor, Tensor>
{
    private readonly ConvolutionUnit _one, _reduceThree, _three, _reduceFive, _five, _pooled;

    public InceptionUnit(long inputs, long outputs, Activation activation, InitialWeights weights, bool hasBatchNorm)
        : base(nameof(InceptionUnit))
    {
        var quarter = Math.Max(1, outputs / 4);
        var reduced = Math.Max(1, Math.Min(inputs, quarter));
        ConvolutionUnit Unit(long from, long to, int size) => new(from, to, size, activation, weights, hasBatchNorm);
        _one = Unit(inputs, Math.Max(1, outputs - (3 * quarter)), 1);
        (_reduceThree, _three) = (Unit(inputs, reduced, 1), Unit(reduced, quarter, 3));
        (_reduceFive, _five) = (Unit(inputs, reduced, 1), Unit(reduced, quarter, 5));
        _pooled = Unit(inputs, quarter, 1);
        Outputs = Math.Max(1, outputs - (3 * quarter)) + (3 * quarter);
        RegisterComponents();
    }

    /// <summary>Channels out: as asked for, but at least four.</summary>
    public long Outputs { get; }

    public override Tensor forward(Tensor input) => cat(
        [
            _one.forward(input),
            _three.forward(_reduceThree.forward(input)),
            _five.forward(_reduceFive.forward(input)),
            _pooled.forward(nn.functional.max_pool2d(input, 3, 1, 1)),
        ],
        1);
}
