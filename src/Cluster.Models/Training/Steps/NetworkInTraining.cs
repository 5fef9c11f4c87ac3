using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data;
using SearchCluster.Models.Optimizers;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Training.Continuation;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Models.Training.Steps;

/// <summary>A network of one trial with all that steps it: optimizer, noise and data. Call and dispose it on one thread.</summary>
internal sealed class NetworkInTraining : ITrialState, IDisposable
{
    private readonly NoiseSource _noise;
    private readonly TrialNetwork _network;
    private readonly IParameterOptimizer _optimizer;

    /// <summary>Builds the network with its first weights.</summary>
    /// <exception cref="Attempts.DeviceMemoryException">It cannot fit.</exception>
    public NetworkInTraining(NetworkPlan plan)
    {
        var (workload, hyperparameters, data) = (plan.Workload, plan.Hyperparameters, plan.Data);
        MemoryGuard.Check(workload.CountParameters(hyperparameters, data.Shape), plan.Device);
        _noise = new(plan.Seed, plan.Device);
        var module = workload.NetworkOf(new(hyperparameters, data.Shape, plan.Seed, _noise, plan.Artifacts));
        Trainable.RequireParameters(workload, module);
        if (plan is { Pretrained: { } pretrained, Artifacts: { } artifacts })
        {
            PretrainedEncoder.Fill(module, plan, pretrained, artifacts);
        }

        _network = new(module);
        _optimizer = ParameterOptimizers.Create(_network.Parameters, plan.Recipe.Optimizer);
        var augmentation = plan.IsAugmented ? workload.CreateAugmentation(hyperparameters, data.Shape) : null;
        Runner = new(plan.Task, data, _network, _optimizer, plan.Recipe, _noise, plan.SearchSeed, augmentation)
        {
            BeforeEvaluation = plan.BeforeEvaluation,
        };
    }

    public EpochRunner Runner { get; }

    /// <summary>Numbers that are trained.</summary>
    public long Parameters => _network.Parameters.Sum(parameter => parameter.numel());

    public void Keep() => _network.Keep();

    public void RestoreKept() => _network.RestoreKept();

    public IReadOnlyList<StoredTensor> StoreKept() => [.. _network.StoreKept()];

    public double[] Evaluate(DataPart part) => Runner.Evaluate(part);

    public void WriteCheckpoint(Stream stream, string identity, ValueArray<string> metrics, IReadOnlyList<Measurement> measurements) =>
        TrialCheckpoint.Write(stream, identity, _network, _optimizer, metrics, measurements);

    public IReadOnlyList<Measurement> Restore(TrialCheckpoint checkpoint, string? identity, ValueArray<string> metrics) =>
        checkpoint.Restore(identity, _network, _optimizer, metrics);

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _noise.Dispose();
    }
}
