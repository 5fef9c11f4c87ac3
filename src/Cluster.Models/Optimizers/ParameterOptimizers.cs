using SearchCluster.Models.Native;
using TorchSharp.Modules;

namespace SearchCluster.Models.Optimizers;

/// <summary>Chooses the back end.</summary>
internal static class ParameterOptimizers
{
    public static IParameterOptimizer Create(IReadOnlyList<Parameter> parameters, OptimizerOptions options)
    {
        if (!TorchRuntime.Initialize().HasFusedOptimizers || parameters.Count == 0)
        {
            return new TorchOptimizer(parameters, options);
        }

        var aten = TorchRuntime.Dispatcher!;
        return options.Kind is OptimizerKind.Adam or OptimizerKind.RmsProp
            ? new FusedMomentOptimizer(aten, parameters, options)
            : new FusedSgdOptimizer(aten, parameters, options);
    }
}
