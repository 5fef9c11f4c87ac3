using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>The product's own task for what data ask for, with nothing chosen.</summary>
internal static class PlainTask
{
    public static ITask For(DataShape shape, TargetScaling scaling, Device device)
    {
        var context = new TaskContext(shape, scaling, [], device);
        return shape.Target switch
        {
            TargetKind.Numbers => new RegressionTask(Default(BuiltinWorkloads.MlpRegressor), context),
            TargetKind.Mask => new SegmentationTask(Default(BuiltinWorkloads.Segmentation), context),
            _ => new ClassificationTask(Default(BuiltinWorkloads.Mlp), context),
        };
    }

    private static Hyperparameters Default(WorkloadDescriptor workload) =>
        Hyperparameters.Create(workload, ParameterValues.Empty, ParameterValues.Empty);
}
