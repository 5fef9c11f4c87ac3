using SearchCluster.Models.Native;
using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Sequences;

/// <summary>Attention over the steps, then a small network for each step; each is added to what came in.</summary>
internal sealed class TransformerLayer : nn.Module<Tensor, Tensor>
{
    private readonly DenseLayer _query, _key, _value, _output, _widen, _narrow;
    private readonly LayerNorm _beforeAttention, _beforeFeedForward;
    private readonly DropoutLayer _dropout;
    private readonly int _heads;

    public TransformerLayer(long size, int heads, long feedForwardSize, double dropout, NetworkContext context, InitialWeights weights)
        : base(nameof(TransformerLayer))
    {
        _heads = heads;
        (_query, _key, _value, _output) = (new(size, size, null, weights), new(size, size, null, weights), new(
            size, size, null, weights), new(
            size,
            size,
            null,
            weights));
        (_widen, _narrow) = (new(size, feedForwardSize, Activations.Read(context.Hyperparameters), weights), new(
            feedForwardSize, size, null, weights));
        (_beforeAttention, _beforeFeedForward) = (nn.LayerNorm(size, device: context.Device), nn.LayerNorm(size, device: context.Device));
        _dropout = new(dropout, context.Noise);
        register_module("query", _query);
        register_module("key", _key);
        register_module("value", _value);
        register_module("output", _output);
        register_module("norm1", _beforeAttention);
        register_module("linear1", _widen);
        register_module("linear2", _narrow);
        register_module("norm2", _beforeFeedForward);
        register_module("dropout", _dropout);
    }

    public override Tensor forward(Tensor input)
    {
        var output = input.Plus(_dropout.forward(Attend(_beforeAttention.forward(input))));
        return output.Plus(_dropout.forward(_narrow.forward(_widen.forward(_beforeFeedForward.forward(output)))));
    }

    private Tensor Attend(Tensor input)
    {
        // [rows, steps, size] to [rows, heads, steps, size of a head].
        Tensor Split(Tensor all) => all.reshape(all.size(0), all.size(1), _heads, -1).transpose(1, 2);
        var attended = nn.functional.scaled_dot_product_attention(
            Split(_query.forward(input)), Split(_key.forward(input)), Split(_value.forward(input)));
        return _output.forward(attended.transpose(1, 2).reshape(input.shape));
    }
}
