using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Specs;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace CustomWorkload;

/// <summary>What is searched; names in specs start with a small letter.</summary>
public sealed record GatedOptions
{
    [SearchRange(8, 256, Log = true), Description("Hidden units.")]
    public int Width { get; init; } = 32;

    [Description("Multiply the hidden units by a learnt gate.")]
    public bool Gate { get; init; } = true;

    [SearchRange(0, 0.6), SearchWhen(nameof(Gate), true), Description("Probability that a gate is closed in training.")]
    public double GateDropout { get; init; } = 0.1;
}

/// <summary>A classifier whose hidden units are gated: (W x) · sigmoid(V x).</summary>
public sealed class GatedWorkload() : NetworkWorkload<GatedOptions>("gated", "Classifier with gated hidden units.", TargetKind.Class)
{
    /// <inheritdoc />
    protected override nn.Module<Tensor, Tensor> Build(GatedOptions options, NetworkContext context) => new GatedNetwork(options, context);
}

internal sealed class GatedNetwork : nn.Module<Tensor, Tensor>
{
    private readonly DenseLayer _hidden, _gate, _output;
    private readonly DropoutLayer _dropout;
    private readonly bool _isGated;

    public GatedNetwork(GatedOptions options, NetworkContext context)
        : base(nameof(GatedNetwork))
    {
        var weights = new InitialWeights(context.Seed, context.Device);
        _isGated = options.Gate;
        _hidden = new(context.Shape.InputSize, options.Width, Activation.Relu, weights);
        _gate = new(context.Shape.InputSize, options.Width, Activation.Sigmoid, weights);
        _output = new(options.Width, context.Shape.Outputs, null, weights);
        _dropout = new(options.GateDropout, context.Noise);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var rows = input.flatten(1);
        var hidden = _hidden.forward(rows);
        return _output.forward(_isGated ? hidden * _dropout.forward(_gate.forward(rows)) : hidden);
    }
}
