using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SearchCluster.Models.Workloads.Mlp;

/// <summary>An affine map and an activation. TorchSharp's own Linear would draw its weights from the global generator.</summary>
internal sealed class DenseLayer : nn.Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly Activation? _activation;

    /// <summary>Takes over initial weights; the bias starts at 0.</summary>
    /// <param name="weights">Shape [outputs, inputs], on the device.</param>
    /// <param name="activation">What follows; null for the output layer.</param>
    public DenseLayer(Tensor weights, Activation? activation)
        : base(nameof(DenseLayer))
    {
        // A parameter takes the tensor over and leaves an empty handle behind, so the bias comes first.
        _bias = new Parameter(zeros([weights.size(0)], weights.dtype, weights.device), requires_grad: true);
        _weight = new Parameter(weights, requires_grad: true);
        _activation = activation;
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    public override Tensor forward(Tensor input)
    {
        var affine = linear(input, _weight, _bias);
        return _activation switch
        {
            Activation.Relu => affine.relu(),
            Activation.LeakyRelu => leaky_relu(affine),
            Activation.Sigmoid => affine.sigmoid(),
            Activation.Tanh => affine.tanh(),
            _ => affine,
        };
    }
}
