using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SearchCluster.Models.Networks;

/// <summary>An affine map and an activation. TorchSharp's own Linear would draw its weights from the global generator.</summary>
/// <remarks>Parameters: <c>weight</c>, shape [outputs, inputs], and <c>bias</c>, shape [outputs], as in PyTorch's Linear.</remarks>
public sealed class DenseLayer : nn.Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly Activation? _activation;

    /// <summary>Makes the layer; the bias starts at 0.</summary>
    /// <param name="inputs">Numbers in.</param>
    /// <param name="outputs">Numbers out.</param>
    /// <param name="activation">What follows; null for nothing.</param>
    /// <param name="weights">Draws the weights.</param>
    public DenseLayer(long inputs, long outputs, Activation? activation, InitialWeights weights)
        : base(nameof(DenseLayer))
    {
        ArgumentNullException.ThrowIfNull(weights);
        var initial = weights.Draw([outputs, inputs], activation);

        // A parameter takes the tensor over and leaves an empty handle behind, so the bias comes first.
        _bias = new Parameter(zeros([outputs], initial.dtype, initial.device), requires_grad: true);
        _weight = new Parameter(initial, requires_grad: true);
        _activation = activation;
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    /// <inheritdoc />
    public override Tensor forward(Tensor input) => linear(input, _weight, _bias).Activate(_activation);
}
