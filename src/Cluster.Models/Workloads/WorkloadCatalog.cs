using System.Collections.Frozen;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Workloads.Cnn;
using SearchCluster.Models.Workloads.Functions;
using SearchCluster.Models.Workloads.Linear;
using SearchCluster.Models.Workloads.Mlp;

namespace SearchCluster.Models.Workloads;

/// <summary>Workloads by name.</summary>
public sealed class WorkloadCatalog
{
    private readonly FrozenDictionary<string, IWorkload> _workloads;

    /// <summary>Makes a catalogue.</summary>
    /// <param name="workloads">Workloads with distinct names.</param>
    public WorkloadCatalog(params IEnumerable<IWorkload> workloads) =>
        _workloads = workloads.ToFrozenDictionary(workload => workload.Descriptor.Name, StringComparer.Ordinal);

    /// <summary>The workloads that ship with the product.</summary>
    public static WorkloadCatalog Default { get; } = new(
        new LogisticRegressionWorkload(),
        new MlpWorkload(BuiltinWorkloads.Mlp),
        new MlpWorkload(BuiltinWorkloads.MlpRegressor),
        new CnnWorkload(),
        new FunctionWorkload());

    /// <summary>Names in ordinal order.</summary>
    public IEnumerable<string> Names => _workloads.Keys.Order(StringComparer.Ordinal);

    /// <summary>Finds a workload.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The workload, or null.</returns>
    public IWorkload? Find(string name) => _workloads.GetValueOrDefault(name);
}
