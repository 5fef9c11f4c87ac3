using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Native;
using SearchCluster.Models.Networks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.TabularResNet;

/// <summary>Normalisation, a dense layer to the hidden size and one back, each followed by dropout; added to what came in.</summary>
internal sealed class TabularResNetBlock : nn.Module<Tensor, Tensor>
{
    private readonly BatchNormLayer _norm;
    private readonly DenseLayer _first, _second;
    private readonly DropoutLayer _hiddenDropout, _residualDropout;

    public TabularResNetBlock(TabularResNetOptions options, Activation activation, NetworkContext context, InitialWeights weights)
        : base(nameof(TabularResNetBlock))
    {
        _norm = new(options.Width, context.Device);
        _first = new(options.Width, options.HiddenSize, activation, weights);
        _second = new(options.HiddenSize, options.Width, null, weights);
        _hiddenDropout = new(options.Layers.Dropouts.Dropout, context.Noise);
        _residualDropout = new(options.ResidualDropout, context.Noise);
        register_module("norm", _norm);
        register_module("linear1", _first);
        register_module("dropout1", _hiddenDropout);
        register_module("linear2", _second);
        register_module("dropout2", _residualDropout);
    }

    public override Tensor forward(Tensor input)
    {
        var hidden = _hiddenDropout.forward(_first.forward(_norm.forward(input)));
        return input.Plus(_residualDropout.forward(_second.forward(hidden)));
    }
}
