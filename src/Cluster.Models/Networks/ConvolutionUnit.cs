using static TorchSharp.torch;

namespace SearchCluster.Models.Networks;

/// <summary>A convolution, batch normalisation where asked, and the activation.</summary>
public sealed class ConvolutionUnit : nn.Module<Tensor, Tensor>
{
    private readonly ConvolutionLayer _convolution;
    private readonly BatchNormLayer? _normalisation;
    private readonly Activation? _activation;

    /// <summary>Makes the unit.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="size">Side of the kernel.</param>
    /// <param name="activation">What follows; null for nothing.</param>
    /// <param name="weights">Draws the weights.</param>
    /// <param name="hasBatchNorm">Normalise each channel over the batch.</param>
    /// <param name="stride">Pixels from one place of the kernel to the next.</param>
    public ConvolutionUnit(
        long inputs, long outputs, int size, Activation? activation, InitialWeights weights, bool hasBatchNorm, int stride = 1)
        : base(nameof(ConvolutionUnit))
    {
        ArgumentNullException.ThrowIfNull(weights);
        _activation = activation;
        _convolution = new(inputs, outputs, size, activation, weights, stride, hasBias: !hasBatchNorm);
        register_module("conv", _convolution);
        if (hasBatchNorm)
        {
            _normalisation = new BatchNormLayer(outputs, weights.Device);
            register_module("bn", _normalisation);
        }
    }

    /// <inheritdoc />
    public override Tensor forward(Tensor input)
    {
        var output = _convolution.forward(input);
        return (_normalisation is null ? output : _normalisation.forward(output)).Activate(_activation);
    }
}
