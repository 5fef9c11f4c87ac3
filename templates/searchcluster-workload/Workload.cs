using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Specs;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace MyWorkload;

/// <summary>What is searched: each property is a hyperparameter; in specs its name starts with a small letter.</summary>
public sealed record WorkloadOptions
{
    [SearchRange(8, 256, Log = true), Description("Hidden units.")]
    public int Width { get; init; } = 32;

    [SearchRange(0, 0.6), Description("Share of the hidden units that is left out in training.")]
    public double Dropout { get; init; }
}

/// <summary>TargetKind.Class answers one class for each row, Numbers numbers, Mask a class for each pixel.</summary>
public sealed class Workload() : NetworkWorkload<WorkloadOptions>("my-workload", "A network of my own.", TargetKind.Class)
{
    protected override nn.Module<Tensor, Tensor> Build(WorkloadOptions options, NetworkContext context) => new Network(options, context);
}

internal sealed class Network : nn.Module<Tensor, Tensor>
{
    private readonly DenseLayer _hidden, _output;
    private readonly DropoutLayer _dropout;

    public Network(WorkloadOptions options, NetworkContext context)
        : base(nameof(Network))
    {
        // Weights and noise from the trial's own seed: a resumed trial gives the same numbers.
        var weights = new InitialWeights(context.Seed, context.Device);
        _hidden = new(context.Shape.InputSize, options.Width, Activation.Relu, weights);
        _output = new(options.Width, context.Shape.Outputs, null, weights);
        _dropout = new(options.Dropout, context.Noise);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => _output.forward(_dropout.forward(_hidden.forward(input.flatten(1))));
}
