using SearchCluster.Models.Native;
using TorchSharp.Modules;

namespace SearchCluster.Models.Optimizers;

/// <summary>Chooses the back end.</summary>
internal static class ParameterOptimizers
{
    public static IParameterOptimizer Create(IReadOnlyList<Parameter> parameters, OptimizerOptions options)
    {
        if (options.Kind == OptimizerKind.Lbfgs && parameters.Count > 0)
        {
            return new LbfgsOptimizer(parameters, options.WeightDecay);
        }

        if (!TorchRuntime.Initialize().HasFusedOptimizers || parameters.Count == 0)
        {
            return new TorchOptimizer(parameters, options);
        }

        var aten = TorchRuntime.Dispatcher!;
        return options.Kind is OptimizerKind.Adam or OptimizerKind.AdamW or OptimizerKind.RmsProp
            ? new FusedMomentOptimizer(aten, parameters, options)
            : new FusedSgdOptimizer(aten, parameters, options);
    }
}
