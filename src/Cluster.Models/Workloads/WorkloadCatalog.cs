using System.Collections.Frozen;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Workloads.Cnn;
using SearchCluster.Models.Workloads.Encoders;
using SearchCluster.Models.Workloads.Functions;
using SearchCluster.Models.Workloads.Linear;
using SearchCluster.Models.Workloads.Mlp;
using SearchCluster.Models.Workloads.ResNet;
using SearchCluster.Models.Workloads.Segmentation;
using SearchCluster.Models.Workloads.Sequences;
using SearchCluster.Models.Workloads.TabularResNet;

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
        new TabularResNetWorkload(BuiltinWorkloads.TabularResNet),
        new TabularResNetWorkload(BuiltinWorkloads.TabularResNetRegressor),
        new CnnWorkload(),
        new CnnRegressorWorkload(),
        new ResNetWorkload(),
        new AutoencoderWorkload(),
        new VariationalWorkload(),
        new EncoderClassifierWorkload(),
        new SegmentationWorkload(),
        new LstmWorkload(BuiltinWorkloads.Lstm),
        new LstmWorkload(BuiltinWorkloads.LstmRegressor),
        new TransformerWorkload(BuiltinWorkloads.Transformer),
        new TransformerWorkload(BuiltinWorkloads.TransformerRegressor),
        new FunctionWorkload());

    /// <summary>What the workloads read and report, in ordinal order of their names.</summary>
    public ValueArray<WorkloadDescriptor> Descriptors => Names.Select(name => Describe(_workloads[name])).ToValueArray();

    /// <summary>Names in ordinal order.</summary>
    public IEnumerable<string> Names => _workloads.Keys.Order(StringComparer.Ordinal);

    /// <summary>Adds the workloads of users' assemblies.</summary>
    /// <param name="assemblies">Paths of the <c>.dll</c> files.</param>
    /// <param name="tell">As for <see cref="WorkloadAssembly.Load"/>.</param>
    /// <returns>The larger catalogue.</returns>
    /// <exception cref="WorkloadAssemblyException">An assembly cannot be used, or brings a name that is taken.</exception>
    public WorkloadCatalog With(IEnumerable<string> assemblies, Action<string>? tell = null)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        var all = new Dictionary<string, IWorkload>(_workloads, StringComparer.Ordinal);
        foreach (var path in assemblies.Distinct(StringComparer.Ordinal))
        {
            foreach (var workload in WorkloadAssembly.Load(path, tell))
            {
                if (!all.TryAdd(workload.Descriptor.Name, workload))
                {
                    throw new WorkloadAssemblyException(
                        $"{Path.GetFileName(path)} brings a workload '{workload.Descriptor.Name}', but there is one of that name already; "
                            + $"rename yours.");
                }
            }
        }

        return new(all.Values);
    }

    private static WorkloadDescriptor Describe(IWorkload workload) =>
        workload is IComputedWorkload ? workload.Descriptor with { IsComputed = true } : workload.Descriptor;

    /// <summary>Finds a workload.</summary>
    /// <returns>The workload, or null.</returns>
    public IWorkload? Find(string name) => _workloads.GetValueOrDefault(name);
}
