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
    /// <exception cref="DataException">The data cannot be used.</exception>
    /// <exception cref="WorkloadConfigurationException">Data and workload do not fit together.</exception>
    public static void Require(WorkExecutor executor, TrialPlan plan, ParameterValues values)
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
                artifacts: null,
                pretrained: null);
        }
        catch (DeviceMemoryException)
        {
            // A network that is too large for this machine may be one of few, and fits a larger device: a trial tells that.
        }
    }
}
