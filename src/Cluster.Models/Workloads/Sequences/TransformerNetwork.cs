using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Native;
using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Sequences;

/// <summary>A transformer encoder over the steps; a linear layer answers from the last one, which sees all.</summary>
/// <remarks>
/// Source: Vaswani et al., "Attention Is All You Need", NeurIPS 2017; positions by sines (section 3.5).
/// Normalisation before each part: Xiong et al., "On Layer Normalization in the Transformer Architecture", ICML 2020.
/// </remarks>
internal sealed class TransformerNetwork : nn.Module<Tensor, Tensor>
{
    private readonly SequenceInput _input;
    private readonly List<TransformerLayer> _layers = [];
    private readonly LayerNorm _norm;
    private readonly DenseLayer _head;
    private readonly Tensor _positions;

    public TransformerNetwork(TransformerOptions options, NetworkContext context)
        : base(nameof(TransformerNetwork))
    {
        var weights = new InitialWeights(context);
        var (heads, perHead) = (options.Heads, options.HeadSize);
        long size = heads * perHead;
        _input = new("transformer", context, size, projects: true, weights);
        for (var layer = 0; layer < options.NumLayers; layer++)
        {
            _layers.Add(new(size, heads, options.FeedForwardSize, options.Layers.Dropouts.Dropout, context, weights));
        }

        _norm = nn.LayerNorm(size, device: context.Device);
        _head = new(size, context.Shape.Outputs, null, weights);
        _positions = Positions((int)context.Shape.Input[0], (int)size).to(context.Device);
        register_module("embedding", _input);
        register_module("layers", new ModuleList<TransformerLayer>([.. _layers]));
        register_module("norm", _norm);
        register_module("head", _head);
        register_buffer("positions", _positions, persistent: false);
    }

    public override Tensor forward(Tensor input)
    {
        var output = _layers.Aggregate(_input.forward(input).Plus(_positions), (current, layer) => layer.forward(current));
        return _head.forward(_norm.forward(output.select(1, output.size(1) - 1)));
    }

    private static Tensor Positions(int steps, int size)
    {
        var values = new float[steps * size];
        for (var i = 0; i < values.Length; i++)
        {
            var (step, place) = (i / size, i % size);
            var angle = step / Math.Pow(10_000, (place - (place % 2)) / (double)size);
            values[i] = (float)(place % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
        }

        return tensor(values, [steps, size]);
    }
}
