using SearchCluster.Models.Networks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Segmentation;

/// <summary>Two 3×3 convolutions.</summary>
internal sealed class UNetStage : nn.Module<Tensor, Tensor>
{
    private readonly ConvolutionUnit _first, _second;

    public UNetStage(long inputs, long outputs, Activation activation, InitialWeights weights, bool hasBatchNorm)
        : base(nameof(UNetStage))
    {
        (_first, _second) = (new(inputs, outputs, 3, activation, weights, hasBatchNorm), new(
            outputs, outputs, 3, activation, weights, hasBatchNorm));
        register_module("first", _first);
        register_module("second", _second);
    }

    public override Tensor forward(Tensor input) => _second.forward(_first.forward(input));
}
