using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads;

/// <summary>Asks a workload, and names the member whose answer cannot be used: most workloads are their users' own.</summary>
internal static class WorkloadAnswers
{
    /// <summary>Reads data, which must be those that the search's trials learned from so far.</summary>
    /// <param name="workload">What reads them.</param>
    /// <param name="plan">The plan, resolved.</param>
    /// <param name="spec">Its data, or a fold of them.</param>
    /// <param name="device">Where their tensors lie.</param>
    /// <exception cref="DataException">They cannot be used, or are others (SC3311).</exception>
    public static DataSet Data(this INetworkWorkload workload, TrialPlan plan, DataSpec spec, Device device)
    {
        var data = workload.Require(workload.LoadData(spec, plan.SearchSeed, device), nameof(INetworkWorkload.LoadData));
        KnownData.Require(plan, data.Identity);
        return data;
    }

    public static TrainingRecipe RecipeOf(this INetworkWorkload workload, Hyperparameters hyperparameters)
    {
        var recipe = workload.Require(workload.Recipe(hyperparameters), nameof(INetworkWorkload.Recipe));
        return recipe is { Epochs: > 0, BatchSize: > 0, LearningRate: not null, Optimizer: not null }
            ? recipe
            : throw new WorkloadConfigurationException(
            $"{Name(workload, nameof(INetworkWorkload.Recipe))} says {recipe.Epochs} epochs of batches of {recipe.BatchSize} rows, but "
                + $"both must be at least 1, with a learning rate and an optimizer; correct it there.");
    }

    public static CheckedTask TaskOf(this INetworkWorkload workload, Hyperparameters hyperparameters, TaskContext context) =>
        new(workload.Require(workload.CreateTask(hyperparameters, context), nameof(INetworkWorkload.CreateTask)), workload);

    public static nn.Module<Tensor, Tensor> NetworkOf(this INetworkWorkload workload, NetworkContext context) =>
        workload.Require(workload.Build(context), nameof(INetworkWorkload.Build));

    /// <summary>Takes an answer that is not null.</summary>
    /// <param name="workload">Who answered.</param>
    /// <param name="answer">What.</param>
    /// <param name="member">Which member.</param>
    /// <exception cref="WorkloadConfigurationException">It is null.</exception>
    public static T Require<T>(this IWorkload workload, T? answer, string member)
        where T : class => answer
            ?? throw new WorkloadConfigurationException(
                $"{Name(workload, member)} returned null, but must return what is used from there on; correct it there.");

    private static string Name(IWorkload workload, string member) =>
        $"{member} of workload '{DisplayText.Shorten(workload.Descriptor.Name)}' ({workload.GetType().Name})";
}
