using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.TabularResNet;

/// <summary>A residual network for tables: a dense layer to the width, blocks, and a normalised and activated answer.</summary>
/// <remarks>
/// Source: Gorishniy, Rubachev, Khrulkov and Babenko, "Revisiting Deep Learning Models for Tabular Data", NeurIPS 2021, arXiv:2106.11959,
/// section 3.3. The activation is theirs (ReLU) unless another one is chosen.
/// </remarks>
internal sealed class TabularResNetNetwork : nn.Module<Tensor, Tensor>
{
    private readonly DenseLayer _linear, _head;
    private readonly TabularResNetBlock[] _blocks;
    private readonly BatchNormLayer _norm;
    private readonly Activation _activation;

    public TabularResNetNetwork(TabularResNetOptions options, NetworkContext context)
        : base(nameof(TabularResNetNetwork))
    {
        context.RequireNumbers("tabular-resnet");
        var weights = new InitialWeights(context);
        _activation = Activations.Read(context.Hyperparameters);
        _linear = new(context.Shape.InputSize, options.Width, null, weights);
        _blocks = [.. Enumerable.Range(0, options.Blocks).Select(_ => new TabularResNetBlock(options, _activation, context, weights))];
        _norm = new(options.Width, context.Device);
        _head = new(options.Width, context.Shape.Outputs, null, weights);
        register_module("linear", _linear);
        register_module("blocks", new ModuleList<TabularResNetBlock>(_blocks));
        register_module("norm", _norm);
        register_module("head", _head);
    }

    public override Tensor forward(Tensor input)
    {
        var output = _linear.forward(input.dim() > 2 ? input.flatten(1) : input);
        foreach (var block in _blocks)
        {
            output = block.forward(output);
        }

        return _head.forward(_norm.forward(output).Activate(_activation));
    }
}
