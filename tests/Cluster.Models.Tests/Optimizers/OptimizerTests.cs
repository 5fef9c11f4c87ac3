using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Native;
using SearchCluster.Models.Optimizers;
using static TorchSharp.torch;
using OptimizerOptions = SearchCluster.Models.Optimizers.OptimizerOptions;
using Parameter = TorchSharp.Modules.Parameter;

namespace SearchCluster.Models.Tests.Optimizers;

public sealed class OptimizerTests
{
    // L-BFGS has one back end only, which tests of its own compare with the textbook.
    public static TheoryData<OptimizerKind> Kinds => [.. Enum.GetValues<OptimizerKind>().Where(kind => kind != OptimizerKind.Lbfgs)];

    [Fact]
    public void The_fused_kernels_are_there() => TorchRuntime.Initialize().HasFusedOptimizers.ShouldBeTrue();

    // One parameter of 1 with gradient 0.5, two steps of size 0.1; computed by hand from the papers' formulas.
    [Theory]
    [InlineData(OptimizerKind.Sgd, 0.95, 0.90)]
    [InlineData(OptimizerKind.Momentum, 0.95, 0.855)]
    [InlineData(OptimizerKind.Adam, 0.9, 0.8)]
    [InlineData(OptimizerKind.RmsProp, 0.0, -0.708881)]
    [InlineData(OptimizerKind.AdamW, 0.9, 0.8)]
    [InlineData(OptimizerKind.Nesterov, 0.905, 0.7695)]
    [InlineData(OptimizerKind.Lbfgs, 0.95, 0.9)]
    public void Two_steps_give_the_numbers_computed_by_hand(OptimizerKind kind, double first, double second)
    {
        TorchRuntime.Initialize();
        using var parameter = new Parameter(ones(1));
        using var optimizer = ParameterOptimizers.Create([parameter], new OptimizerOptions(kind));
        using var gradient = full(1, 0.5f);

        optimizer.Step([gradient], 0.1);
        parameter.item<float>().ShouldBe((float)first, 1e-5f);
        optimizer.Step([gradient], 0.1);
        parameter.item<float>().ShouldBe((float)second, 1e-5f);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fused_and_torch_optim_agree_over_fifty_steps(OptimizerKind kind)
    {
        TorchRuntime.Initialize();
        var options = new OptimizerOptions(kind, Momentum: 0.8, WeightDecay: 0.01);
        using Parameter fused = Start(), plain = Start();
        using var optimizer = ParameterOptimizers.Create([fused], options);
        using var oracle = new TorchOptimizer([plain], options);
        optimizer.BackEnd.ShouldStartWith("fused");

        for (var step = 0; step < 50; step++)
        {
            using var gradient = Gradient(step);
            optimizer.Step([gradient], 0.01);
            oracle.Step([gradient], 0.01);
        }

        (fused - plain).abs().max().item<float>().ShouldBeLessThan(1e-5f);
        (fused - Start()).abs().max().item<float>().ShouldBeGreaterThan(0.005f);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Saved_state_continues_bit_for_bit_in_both_back_ends(OptimizerKind kind)
    {
        TorchRuntime.Initialize();
        var options = new OptimizerOptions(kind);
        Continue(parameters => ParameterOptimizers.Create(parameters, options));
        Continue(parameters => new TorchOptimizer(parameters, options));
    }

    private static void Continue(Func<IReadOnlyList<Parameter>, IParameterOptimizer> create)
    {
        using Parameter straight = Start(), broken = Start();
        using IParameterOptimizer whole = create([straight]), firstHalf = create([broken]);
        Run(whole, 0, 10);
        Run(firstHalf, 0, 5);
        var state = firstHalf.Save().ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);

        using var secondHalf = create([broken]);
        secondHalf.Check(state);
        secondHalf.Load(state);
        Run(secondHalf, 5, 10);

        TensorCodec.Store("", broken).Bytes.ToArray().ShouldBe(TensorCodec.Store("", straight).Bytes.ToArray());
    }

    private static void Run(IParameterOptimizer optimizer, int from, int until)
    {
        for (var step = from; step < until; step++)
        {
            using var gradient = Gradient(step);
            optimizer.Step([gradient], 0.01);
        }
    }

    private static Parameter Start() => new(linspace(-1, 1, 12, float32).reshape(3, 4));

    private static Tensor Gradient(int step) => (linspace(0, 6, 12, float32) + step).sin().reshape(3, 4);
}
