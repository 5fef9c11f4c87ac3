using SearchCluster.Artifacts;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Sanity;

/// <summary>Finds out whether a worker could use the data of a search at all, with the code that it uses,
/// before anything is written.</summary>
public static class FitCheck
{
    /// <summary>Reads the data as the first trial will, and builds a network of their shape.</summary>
    /// <param name="executor">A worker of this process then has the data at hand.</param>
    /// <param name="plan">What would be trained on what.</param>
    /// <param name="values">One configuration of the space.</param>
    /// <param name="artifacts">Where the model lies that an encoder starts from; null where that is not looked at.</param>
    /// <exception cref="ArtifactException">That model is not there.</exception>
    /// <exception cref="DataException">The data cannot be used, or an earlier trial's model is of another form.</exception>
    /// <exception cref="WorkloadConfigurationException">Data and workload do not fit together.</exception>
    public static void Require(WorkExecutor executor, TrialPlan plan, ParameterValues values, IArtifacts? artifacts = null)
    {
        ArgumentNullException.ThrowIfNull(executor);
        ArgumentNullException.ThrowIfNull(plan);
        if (executor.Prepare(plan) is not { } prepared)
        {
            return;
        }

        var (workload, data) = prepared;
        using var scope = NewDisposeScope();
        try
        {
            var hyperparameters = Hyperparameters.Create(workload.Descriptor, plan.Workload.Fixed, values);
            using var network = new SanityNetwork(
                workload,
                hyperparameters,
                data,
                plan.SearchSeed,
                TorchRuntime.OpenDevice(executor.Device),
                batchSize: null,
                isAugmented: true,
                artifacts,
                plan.Workload.Pretrained is { Trial: not null } earlier ? earlier : null);
        }
        catch (DeviceMemoryException)
        {
            // A network that is too large for this machine may be one of few, and fits a larger device: a trial tells that.
        }
    }
}
