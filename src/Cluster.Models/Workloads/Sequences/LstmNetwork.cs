using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Native;
using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Sequences;

/// <summary>Long short-term memory over the steps; a linear layer answers from the last one.</summary>
/// <remarks>
/// Source: Hochreiter and Schmidhuber, Neural Computation 9(8), 1997. Parameters have the names of PyTorch's
/// LSTM. Weights come from the trial's streams; the bias of the forget gate starts at 1 (Gers, Schmidhuber and
/// Cummins, 2000), the others at 0.
/// </remarks>
internal sealed class LstmNetwork : nn.Module<Tensor, Tensor>
{
    private readonly SequenceInput _input;
    private readonly LSTM _lstm;
    private readonly DropoutLayer _dropout;
    private readonly DenseLayer _head;

    public LstmNetwork(LstmOptions options, NetworkContext context)
        : base(nameof(LstmNetwork))
    {
        var weights = new InitialWeights(context);
        long hidden = options.HiddenSize;
        _input = new("lstm", context, options.EmbeddingSize, projects: false, weights);
        _lstm = nn.LSTM(_input.Size, hidden, options.NumLayers, batchFirst: true, device: context.Device);
        Fill(hidden, weights);
        _dropout = new(options.Dropouts.Dropout, context.Noise);
        _head = new(hidden, context.Shape.Outputs, null, weights);
        register_module("embedding", _input);
        register_module("lstm", _lstm);
        register_module("dropout", _dropout);
        register_module("head", _head);
    }

    public override Tensor forward(Tensor input)
    {
        var (output, _, _) = _lstm.forward(_input.forward(input));
        return _head.forward(_dropout.forward(output.select(1, output.size(1) - 1)));
    }

    private void Fill(long hidden, InitialWeights weights)
    {
        using var noGrad = no_grad();
        foreach (var (name, parameter) in _lstm.named_parameters())
        {
            if (parameter.dim() == 2)
            {
                parameter.copy_(weights.Draw(parameter.shape, null));
                continue;
            }

            // Gates in the order input, forget, cell, output; one of the two biases carries the 1.
            parameter.zero_();
            if (name.StartsWith("bias_ih", StringComparison.Ordinal))
            {
                parameter.narrow(0, hidden, hidden).Fill(1);
            }
        }
    }
}
