using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Optimizers;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Sanity;

/// <summary>A network that is trained on some rows and thrown away.</summary>
internal sealed class SanityNetwork : IDisposable
{
    private readonly NoiseSource _noise;
    private readonly TrialNetwork _network;
    private readonly IParameterOptimizer _optimizer;
    private readonly TrainingRecipe _recipe;
    private readonly DataSet _data;

    public SanityNetwork(INetworkWorkload workload, Hyperparameters hyperparameters, DataSet data, ulong seed, Device device, int? batchSize, bool isAugmented, IArtifacts? artifacts, PretrainedSpec? pretrained)
    {
        MemoryGuard.Check(workload.CountParameters(hyperparameters, data.Shape), device);
        _data = data;
        _recipe = workload.RecipeOf(hyperparameters);
        _recipe = _recipe with { BatchSize = batchSize ?? _recipe.BatchSize };
        Task = workload.TaskOf(hyperparameters, TaskContext.Of(data));
        _noise = new(seed, device);
        var module = workload.NetworkOf(new(hyperparameters, data.Shape, seed, _noise, artifacts));
        if (pretrained is not null && artifacts is not null)
        {
            PretrainedEncoder.Fill(module, pretrained, artifacts);
        }

        _network = new(module);
        _optimizer = ParameterOptimizers.Create(_network.Parameters, _recipe.Optimizer);
        Runner = new(Task, data, _network, _optimizer, _recipe, _noise, seed, isAugmented ? workload.CreateAugmentation(hyperparameters, data.Shape) : null);
    }

    public ITask Task { get; }

    public EpochRunner Runner { get; }

    public long Parameters => _network.Parameters.Sum(parameter => parameter.numel());

    /// <summary>Rows of a step.</summary>
    public int BatchSize => _recipe.Optimizer.Kind == OptimizerKind.Lbfgs ? _data.Train.Rows : Math.Min(_recipe.BatchSize, _data.Train.Rows);

    public double LearningRate => _recipe.LearningRate.Initial;

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _noise.Dispose();
    }
}
