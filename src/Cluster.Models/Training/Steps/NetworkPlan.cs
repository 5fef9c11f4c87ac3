using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training.Steps;

/// <summary>What a network for training is made from.</summary>
/// <param name="Workload">Who builds it.</param>
/// <param name="Hyperparameters">Its configuration.</param>
/// <param name="Data">What it learns from.</param>
/// <param name="Device">Where.</param>
/// <param name="SearchSeed">Decides the order of batches.</param>
/// <param name="Seed">Decides first weights and noise.</param>
internal sealed record NetworkPlan(
    INetworkWorkload Workload, Hyperparameters Hyperparameters, DataSet Data, Device Device, ulong SearchSeed, ulong Seed)
{
    /// <summary>Where models of earlier searches lie; null for nowhere.</summary>
    public IArtifacts? Artifacts { get; init; }

    /// <summary>The model that its encoder starts from; null for none, and not read without <see cref="Artifacts"/>.</summary>
    public PretrainedSpec? Pretrained { get; init; }

    /// <summary>How it is trained.</summary>
    public TrainingRecipe Recipe { get; init; } = Workload.RecipeOf(Hyperparameters);

    /// <summary>What it is trained for.</summary>
    public ITask Task { get; } = Workload.TaskOf(Hyperparameters, TaskContext.Of(Data));

    /// <summary>False to train on the rows as they are.</summary>
    public bool IsAugmented { get; init; } = true;

    /// <summary>Called before each batch of an evaluation.</summary>
    public Action BeforeEvaluation { get; init; } = static () => { };
}
