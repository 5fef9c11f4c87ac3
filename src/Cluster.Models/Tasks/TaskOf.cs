using SearchCluster.Models.Workloads;

namespace SearchCluster.Models.Tasks;

/// <summary>The task of a network with one answer for each row.</summary>
internal static class TaskOf
{
    /// <summary>Classification or regression, as the data ask.</summary>
    public static ITask Rows(Hyperparameters hyperparameters, TaskContext context) =>
        context.Shape.Target == TargetKind.Numbers ? new RegressionTask(hyperparameters, context) : new ClassificationTask(hyperparameters, context);
}
