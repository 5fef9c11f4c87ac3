using SearchCluster.Contracts.Configuration;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Cli.Tests.EndToEnd.Authoring;

/// <summary>What is searched.</summary>
public sealed record HangingOptions
{
    /// <summary>Hidden units.</summary>
    [SearchRange(1, 64)]
    public int Width { get; init; } = 8;
}

/// <summary>A classifier that does not come back from its constructor or from <c>forward</c> where a variable says so, and whose own
/// thread would keep a process that waits for it.</summary>
public sealed class HangingWorkload() : NetworkWorkload<HangingOptions>("hanging", "Hangs where it is told to.", TargetKind.Class)
{
    public const string Variable = "SEARCHCLUSTER_TEST_HANG";

    /// <inheritdoc />
    protected override nn.Module<Tensor, Tensor> Build(HangingOptions options, NetworkContext context) =>
        new HangingNetwork(options, context);

    internal static void HangIn(string place)
    {
        if (Environment.GetEnvironmentVariable(Variable) != place)
        {
            return;
        }

        var never = new ManualResetEventSlim();
        new Thread(never.Wait) { Name = "of a user", IsBackground = false }.Start();
        Console.Error.WriteLine($"hangs in {place}");
        never.Wait();
    }
}

internal sealed class HangingNetwork : nn.Module<Tensor, Tensor>
{
    private readonly DenseLayer _hidden, _output;

    public HangingNetwork(HangingOptions options, NetworkContext context)
        : base(nameof(HangingNetwork))
    {
        HangingWorkload.HangIn("constructor");
        var weights = new InitialWeights(context.Seed, context.Device);
        _hidden = new(context.Shape.InputSize, options.Width, Activation.Relu, weights);
        _output = new(options.Width, context.Shape.Outputs, null, weights);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        HangingWorkload.HangIn("forward");
        return _output.forward(_hidden.forward(input.flatten(1)));
    }
}
