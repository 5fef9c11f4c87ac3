using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Networks;

/// <summary>Two 3×3 convolutions with batch normalisation, added to the input; where the shape changes, a 1×1
/// convolution brings the input along.</summary>
/// <remarks>Source: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, figure 2 and option B.</remarks>
public sealed class ResidualUnit : nn.Module<Tensor, Tensor>
{
    private readonly ConvolutionUnit _first, _second;
    private readonly ConvolutionUnit? _shortcut;
    private readonly Activation _activation;

    /// <summary>Makes the unit.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="stride">Pixels from one place of the first kernel to the next; 2 halves the image.</param>
    /// <param name="activation">After the first convolution and after the sum.</param>
    /// <param name="weights">Draws the weights.</param>
    public ResidualUnit(long inputs, long outputs, int stride, Activation activation, InitialWeights weights)
        : base(nameof(ResidualUnit))
    {
        _activation = activation;
        _first = new(inputs, outputs, 3, activation, weights, hasBatchNorm: true, stride);
        _second = new(outputs, outputs, 3, null, weights, hasBatchNorm: true);
        _shortcut = inputs == outputs && stride == 1 ? null : new(inputs, outputs, 1, null, weights, hasBatchNorm: true, stride);
        register_module("conv1", _first);
        register_module("conv2", _second);
        if (_shortcut is not null)
        {
            register_module("downsample", _shortcut);
        }
    }

    /// <inheritdoc />
    public override Tensor forward(Tensor input)
    {
        var brought = _shortcut is null ? input : _shortcut.forward(input);
        return _second.forward(_first.forward(input)).Plus(brought).Activate(_activation);
    }
}
