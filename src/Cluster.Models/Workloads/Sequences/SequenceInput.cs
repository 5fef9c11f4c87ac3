using SearchCluster.Models.Configuration;
using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Sequences;

/// <summary>Turns the steps of a sequence into vectors: a learned vector for each symbol, or numbers as they
/// are (projected where a size is asked for).</summary>
internal sealed class SequenceInput : nn.Module<Tensor, Tensor>
{
    private readonly Parameter? _vectors;
    private readonly DenseLayer? _projection;

    /// <param name="workload">Name of the workload, for messages.</param>
    /// <param name="context">What the network is built from.</param>
    /// <param name="size">Numbers of a symbol's vector.</param>
    /// <param name="projects">True to bring numbers to that size too.</param>
    /// <param name="weights">Draws the weights.</param>
    public SequenceInput(string workload, NetworkContext context, long size, bool projects, InitialWeights weights)
        : base(nameof(SequenceInput))
    {
        var shape = context.Shape;
        if (shape.Symbols is { } symbols)
        {
            Size = size;
            _vectors = new Parameter(weights.Draw([symbols, size], null), requires_grad: true);
            register_parameter("weight", _vectors);
            return;
        }

        if (shape.Input.Count != 2)
        {
            throw new WorkloadConfigurationException(
                $"Workload '{workload}' needs sequences, but the data are {shape.Describe()}; use data.format: series or text.");
        }

        Size = projects ? size : shape.Input[1];
        if (projects)
        {
            _projection = new(shape.Input[1], size, null, weights);
            register_module("projection", _projection);
        }
    }

    /// <summary>Numbers of a step.</summary>
    public long Size { get; }

    public override Tensor forward(Tensor input) =>
        _vectors is not null
            ? _vectors.index_select(0, input.flatten()).reshape([.. input.shape, Size])
            : _projection?.forward(input) ?? input;
}
