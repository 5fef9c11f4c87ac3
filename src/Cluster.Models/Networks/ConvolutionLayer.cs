using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Networks;

/// <summary>A convolution over images. TorchSharp's own Conv2d would draw its weights from the global generator.</summary>
/// <remarks>Parameters: <c>weight</c>, shape [outputs, inputs, size, size], and <c>bias</c>, shape [outputs],
/// as in PyTorch's Conv2d.</remarks>
public sealed class ConvolutionLayer : nn.Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly long[] _stride;
    private readonly long[] _padding;

    /// <summary>Makes the layer; the bias starts at 0.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="size">Pixels of the square kernel's side; odd sizes with stride 1 keep the size of the image.</param>
    /// <param name="activation">What follows the layer and scales its weights; not applied here.</param>
    /// <param name="weights">Draws the weights.</param>
    /// <param name="stride">Pixels from one place of the kernel to the next.</param>
    /// <param name="hasBias">False where a normalisation follows, which would take the bias away.</param>
    public ConvolutionLayer(
        long inputs, long outputs, int size, Activation? activation, InitialWeights weights, int stride = 1, bool hasBias = true)
        : base(nameof(ConvolutionLayer))
    {
        ArgumentNullException.ThrowIfNull(weights);
        var initial = weights.Draw([outputs, inputs, size, size], activation);
        if (hasBias)
        {
            _bias = new Parameter(zeros([outputs], initial.dtype, initial.device), requires_grad: true);
            register_parameter("bias", _bias);
        }

        _weight = new Parameter(initial, requires_grad: true);
        register_parameter("weight", _weight);
        (_stride, _padding) = ([stride, stride], [size / 2, size / 2]);
    }

    /// <inheritdoc />
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.device_type == DeviceType.CPU
            ? CpuConvolution.Apply(input, _weight, _bias, _stride, _padding)
            : nn.functional.conv2d(input, _weight, _bias, _stride, _padding);
    }
}
