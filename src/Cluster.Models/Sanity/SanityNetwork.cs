using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Optimizers;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training.Steps;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Sanity;

/// <summary>A network that is trained on some rows and thrown away.</summary>
internal sealed class SanityNetwork : IDisposable
{
    private readonly NetworkPlan _plan;
    private readonly NetworkInTraining _network;

    public SanityNetwork(
        INetworkWorkload workload,
        Hyperparameters hyperparameters,
        DataSet data,
        ulong seed,
        Device device,
        int? batchSize,
        bool isAugmented,
        IArtifacts? artifacts,
        PretrainedSpec? pretrained)
    {
        var plan = new NetworkPlan(workload, hyperparameters, data, device, seed, seed)
        {
            Artifacts = artifacts,
            Pretrained = pretrained,
            IsAugmented = isAugmented,
        };
        _plan = plan with { Recipe = plan.Recipe with { BatchSize = batchSize ?? plan.Recipe.BatchSize } };
        _network = new(_plan);
    }

    public ITask Task => _plan.Task;

    public EpochRunner Runner => _network.Runner;

    public long Parameters => _network.Parameters;

    /// <summary>Rows of a step.</summary>
    public int BatchSize => _plan.Recipe.Optimizer.Kind == OptimizerKind.Lbfgs
        ? _plan.Data.Train.Rows
        : Math.Min(_plan.Recipe.BatchSize, _plan.Data.Train.Rows);

    public double LearningRate => _plan.Recipe.LearningRate.Initial;

    public void Dispose() => _network.Dispose();
}
