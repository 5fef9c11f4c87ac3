using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Registry;
using SearchCluster.Models.Native;
using SearchCluster.Models.Training.Steps;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Execution;

/// <summary>Finds what a plan names: workload, data and device; and tells, once for each search, what a person
/// should know about them.</summary>
internal sealed class PlanOpener(string device, WorkloadCatalog workloads, DataRegistry? registry, IDistantData? distant = null)
{
    private readonly ConditionalWeakTable<DataSet, ConcurrentDictionary<SearchId, bool>> _told = [];
    private readonly ConcurrentDictionary<(SearchId, string), bool> _built = [];

    /// <summary>Replaces the name of registered data by their place.</summary>
    public TrialPlan Resolve(TrialPlan plan) => plan.Data is not { RegisteredName: { } name } data ? plan
        : registry is null
            ? throw new DataException(
                DataCodes.NotRegistered,
                $"This process has no registry of data, so registered:{DisplayText.Shorten(name)} means nothing here; give a path.")
        : plan with { Data = registry.Resolve(data) };

    /// <summary>The same for data that this machine's registry does not have: they are brought here, and stay until what is returned
    /// beside the plan is disposed.</summary>
    public (TrialPlan Plan, IPlacedData? Placed) Place(TrialPlan plan, CancellationToken cancellation)
    {
        if (plan.Data is not { RegisteredName: { } name } data
            || (registry?.Find(name) is { } known && (data.Sha256 ?? known.Sha256) == known.Sha256)
            || distant?.Bring(name, data.Sha256, cancellation) is not { } placed)
        {
            return (Resolve(plan), null);
        }

        if (data.Sha256 is { } asked && asked != placed.Sha256)
        {
            using (placed)
            {
                throw new DataException(
                    DataCodes.OtherBytes,
                    $"Data set '{name}' of the coordinator has SHA-256 {placed.Sha256}, but the spec asks for {asked}; use the right data or "
                        + "correct data.sha256.");
            }
        }

        var source = data with { Source = placed.Path, Sha256 = null, Format = data.Format ?? placed.Format };
        return (plan with { Data = source }, placed);
    }

    /// <summary>Finds the workload of a plan.</summary>
    public IWorkload Find(TrialPlan plan) => workloads.Find(plan.Workload.Builtin)
        ?? throw new WorkloadConfigurationException(
            $"This worker has no workload '{DisplayText.Shorten(plan.Workload.Builtin)}'; it has {string.Join(", ", workloads.Names)}.");

    /// <summary>Finds a workload whose models can vote.</summary>
    public INetworkWorkload FindVoting(TrialPlan plan) => Find(plan) is INetworkWorkload { Descriptor.SupportsEnsemble: true } workload
        ? workload
        : throw new WorkloadConfigurationException($"Workload '{plan.Workload.Builtin}' cannot vote; remove the ensemble from the spec.");

    /// <summary>Reads the data for an attempt, whose own work begins with that.</summary>
    /// <param name="plan">What is trained on what, resolved.</param>
    /// <param name="workload">What reads the data.</param>
    /// <param name="search">Name of the search, which is told once of doubts about its data.</param>
    /// <param name="context">What surrounds the attempt.</param>
    /// <param name="limit">How long the attempt may take from here on; null for as long as it wants.</param>
    public OpenedPlan Open(TrialPlan plan, INetworkWorkload workload, SearchId search, WorkContext context, TimeSpan? limit)
    {
        var opened = TorchRuntime.OpenDevice(device);
        var spec = RequireData(plan, workload);
        var data = workload.Data(plan, spec, opened);
        TellOnce(data, spec, search, context);
        RequireAnswer(workload, data);
        context.Pulse?.Begin(limit);
        return new(workload, data, opened);
    }

    /// <summary>Reads the data as the first trial would.</summary>
    public DataSet Load(TrialPlan plan, INetworkWorkload workload)
    {
        var data = workload.Data(plan, RequireData(plan, workload), TorchRuntime.OpenDevice(device));
        RequireAnswer(workload, data);
        return data;
    }

    /// <summary>Looks whether a network of the user's draws from the generator that all trials share: it is built twice, for the first
    /// training of a search.</summary>
    /// <remarks>The product's own networks are known to draw from the trial's streams.</remarks>
    public void TellOfRandomness(OpenedPlan opened, Hyperparameters hyperparameters, SearchId search, ulong seed, WorkContext context)
    {
        var (workload, data, on) = opened;
        if (workload.GetType().Assembly == typeof(WorkExecutor).Assembly || !_built.TryAdd((search, workload.Descriptor.Name), true))
        {
            return;
        }

        MemoryGuard.Check(workload.CountParameters(hyperparameters, data.Shape), on);
        if (GlobalRandomness.Find(workload, hyperparameters, data, seed, on) is { } sentence)
        {
            context.Warn?.Invoke(sentence);
        }
    }

    /// <summary>Tells once for each search and share what the share lacks.</summary>
    public void TellOfShare(DataSet share, SearchId search, WorkContext context)
    {
        if (share.ShareWarning is { } warning && _told.GetValue(share, _ => []).TryAdd(search, true))
        {
            context.Warn?.Invoke(warning);
        }
    }

    // All attempts of a search share the data set, so its warnings are told by the first one only; another
    // search on the same data tells them again. Nobody can mend the data that come with the product.
    private void TellOnce(DataSet data, DataSpec spec, SearchId search, WorkContext context)
    {
        if (!SpecVocabulary.ShippedDataSets.Contains(spec.Source) && _told.GetValue(data, _ => []).TryAdd(search, true))
        {
            foreach (var warning in data.Warnings)
            {
                context.Warn?.Invoke(warning);
            }
        }
    }

    private static DataSpec RequireData(TrialPlan plan, IWorkload workload) => plan.Data
        ?? throw new WorkloadConfigurationException($"Workload '{workload.Descriptor.Name}' needs data; give data.source in the spec.");

    private static void RequireAnswer(INetworkWorkload workload, DataSet data)
    {
        if (workload.Descriptor.Target is { } target && target != data.Shape.Target)
        {
            throw new WorkloadConfigurationException(
                $"Workload '{workload.Descriptor.Name}' answers {Describe(target)}, but the data ask for {Describe(data.Shape.Target)}; "
                    + $"use another workload or other data.");
        }
    }

    private static string Describe(TargetKind target) => target switch
    {
        TargetKind.Class => "one class for each row",
        TargetKind.Numbers => "numbers",
        _ => "one class for each pixel",
    };
}

/// <summary>A plan with its data at hand.</summary>
/// <param name="Workload">What is trained.</param>
/// <param name="Data">On what.</param>
/// <param name="Device">Where.</param>
internal sealed record OpenedPlan(INetworkWorkload Workload, DataSet Data, Device Device);
