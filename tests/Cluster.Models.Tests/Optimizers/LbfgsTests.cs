using SearchCluster.Models.Native;
using SearchCluster.Models.Optimizers;
using static TorchSharp.torch;
using OptimizerOptions = SearchCluster.Models.Optimizers.OptimizerOptions;
using Parameter = TorchSharp.Modules.Parameter;

namespace SearchCluster.Models.Tests.Optimizers;

public sealed class LbfgsTests
{
    [Fact]
    public void A_badly_scaled_quadratic_is_solved_in_few_steps()
    {
        TorchRuntime.Initialize();

        // f = Σ c x² / 2 with curvatures from 1 to 100: gradient descent needs hundreds of steps.
        using var curvature = tensor(new float[] { 1, 10, 30, 100 });
        Minimise(OptimizerKind.Lbfgs, curvature, 1, 25).ShouldBeLessThan(1e-8);
        Minimise(OptimizerKind.Sgd, curvature, 0.01, 25).ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public void Saved_state_continues_bit_for_bit()
    {
        TorchRuntime.Initialize();
        using Parameter straight = new(ones(3)), broken = new(ones(3));
        using var curvature = tensor(new float[] { 1, 5, 20 });
        using IParameterOptimizer whole = Create(straight), first = Create(broken);
        Run(whole, straight, curvature, 8);
        Run(first, broken, curvature, 4);
        var state = first.Save().ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        using var second = Create(broken);
        second.Check(state);
        second.Load(state);
        Run(second, broken, curvature, 4);

        broken.data<float>().ToArray().ShouldBe(straight.data<float>().ToArray());
    }

    private static IParameterOptimizer Create(Parameter parameter) =>
        ParameterOptimizers.Create([parameter], new OptimizerOptions(OptimizerKind.Lbfgs));

    private static void Run(IParameterOptimizer optimizer, Parameter parameter, Tensor curvature, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            using var gradient = parameter.detach().mul(curvature);
            optimizer.Step([gradient], 1);
        }
    }

    private static double Minimise(OptimizerKind kind, Tensor curvature, double rate, int steps)
    {
        using var parameter = new Parameter(ones(4));
        using var optimizer = ParameterOptimizers.Create([parameter], new OptimizerOptions(kind));
        for (var step = 0; step < steps; step++)
        {
            using var gradient = parameter.detach().mul(curvature);
            optimizer.Step([gradient], rate);
        }

        return parameter.detach().square().mul(curvature).sum().item<float>() / 2;
    }
}
