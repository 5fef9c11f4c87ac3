using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Registry;
using SearchCluster.Models.Ensembles;
using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Ensembles.Methods;
using SearchCluster.Models.Native;
using SearchCluster.Models.Training;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Execution;

/// <summary>Runs assignments on one device; thread-safe, one per process and device.</summary>
/// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:0</c>.</param>
/// <param name="workloads">What can be trained; null for the built-in workloads.</param>
/// <param name="registry">The data sets that this machine knows by name; null for none.</param>
public sealed class WorkExecutor(string device = "cpu", WorkloadCatalog? workloads = null, DataRegistry? registry = null)
{
    private readonly WorkloadCatalog _workloads = workloads ?? WorkloadCatalog.Default;
    private readonly ConditionalWeakTable<DataSet, ConcurrentDictionary<SearchId, bool>> _told = [];
    private readonly ConcurrentDictionary<(SearchId, string), bool> _built = [];

    /// <summary>The device all assignments run on.</summary>
    public string Device { get; } = device;

    /// <summary>Runs one assignment to its end on the calling thread.</summary>
    /// <param name="assignment">A trial or an ensemble.</param>
    /// <param name="context">What surrounds it.</param>
    /// <returns>How it ended. Faults of the workload, the data or the device are outcomes, not exceptions.</returns>
    /// <remarks>Loads libtorch at the first assignment that needs it; a process without libtorch can still run computed workloads.</remarks>
    public WorkOutcome Run(WorkAssignment assignment, WorkContext context)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(context);
        if (context.Cancellation.IsCancellationRequested)
        {
            return new AttemptHalted(0, null);
        }

        try
        {
            return assignment switch
            {
                TrialAssignment trial => RunTrial(trial with { Plan = Resolve(trial.Plan) }, context),
                EnsembleAssignment ensemble => RunEnsemble(ensemble with { Plan = Resolve(ensemble.Plan) }, context),
                MemberAssignment member => RunMember(member with { Plan = Resolve(member.Plan) }, context),
                _ => throw new InvalidOperationException($"Assignment {assignment.GetType().Name} is unknown to this release."),
            };
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            return new AttemptHalted(0, null);
        }
        catch (MemberTrainingException failed)
        {
            return new AttemptFailed(failed.Failure with { Message = failed.Message });
        }
        catch (Exception failure)
        {
            // The boundary of an attempt: whatever a workload throws becomes the attempt's failure, and the worker lives on.
            return FailureClassifier.Classify(failure);
        }
    }

    /// <summary>Opens, reads and prepares the data of a plan as its first trial would, and keeps them for it.</summary>
    /// <param name="plan">What would be trained on what.</param>
    /// <returns>What the trial would train on; null for a computed workload, which has no data.</returns>
    /// <exception cref="DataException">The data cannot be used.</exception>
    /// <exception cref="WorkloadConfigurationException">Data and workload do not fit together.</exception>
    internal (INetworkWorkload Workload, DataSet Data)? Prepare(TrialPlan plan)
    {
        var resolved = Resolve(plan);
        if (Find(resolved) is not INetworkWorkload workload)
        {
            return null;
        }

        var data = workload.LoadData(RequireData(resolved, workload), resolved.SearchSeed, TorchRuntime.OpenDevice(Device));
        RequireAnswer(workload, data);
        return (workload, data);
    }

    private WorkOutcome RunTrial(TrialAssignment assignment, WorkContext context)
    {
        var workload = Find(assignment.Plan);
        var hyperparameters = Hyperparameters.Create(workload.Descriptor, assignment.Plan.Workload.Fixed, assignment.Values);
        return workload switch
        {
            IComputedWorkload computed => Compute(computed, assignment, hyperparameters, context),
            INetworkWorkload network => Train(network, assignment, hyperparameters, context),
            _ => throw new WorkloadConfigurationException($"Workload '{workload.Descriptor.Name}' implements neither INetworkWorkload nor IComputedWorkload."),
        };
    }

    private static WorkOutcome Compute(IComputedWorkload workload, TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context)
    {
        context.Pulse?.Begin(assignment.Plan.TrialTime);
        using var limit = new TrialLimit(context, assignment.Plan.TrialTime);
        return SavedModels.Require(workload.Require(limit.Run(limited => workload.Run(assignment, hyperparameters, limited)), nameof(IComputedWorkload.Run)), assignment.Lease, context.Artifacts);
    }

    private WorkOutcome Train(INetworkWorkload workload, TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context)
    {
        var opened = TorchRuntime.OpenDevice(Device);
        var data = workload.Data(RequireData(assignment.Plan, workload), assignment.Plan.SearchSeed, opened);
        TellOnce(data, assignment, context);
        RequireAnswer(workload, data);
        context.Pulse?.Begin(assignment.Plan.TrialTime);
        TellOnceOfRandomness(workload, hyperparameters, data, assignment, opened, context);
        if (assignment.Plan.Data!.Split.Folds is not null)
        {
            return new CrossValidation(assignment, workload, hyperparameters, opened, context, TraceParentOf(assignment, context)).Run();
        }

        var used = data.WithTrainingFraction(assignment.DataFraction ?? 1, assignment.Plan.SearchSeed);
        using var scope = NewDisposeScope();
        using var trainer = new Trainer(new(assignment, workload, hyperparameters, used, opened, context, TraceParentOf(assignment, context)));
        return trainer.Run();
    }

    private EnsembleCompleted RunEnsemble(EnsembleAssignment assignment, WorkContext context)
    {
        var workload = FindVoting(assignment.Plan);
        var opened = TorchRuntime.OpenDevice(Device);
        var data = workload.Data(RequireData(assignment.Plan, workload), assignment.Plan.SearchSeed, opened);
        context.Pulse?.Begin(limit: null);
        using var scope = NewDisposeScope();
        return new(new EnsembleBuilder(new(assignment, workload, data, opened, context), TraceParentOf(assignment, context)).Build());
    }

    private MemberCompleted RunMember(MemberAssignment assignment, WorkContext context)
    {
        var workload = FindVoting(assignment.Plan);
        var opened = TorchRuntime.OpenDevice(Device);
        var data = workload.Data(RequireData(assignment.Plan, workload), assignment.Plan.SearchSeed, opened);
        context.Pulse?.Begin(limit: null);
        using var scope = NewDisposeScope();
        var ensemble = new EnsembleAssignment(assignment.Lease, assignment.Ensemble, assignment.Members, assignment.Plan, assignment.TraceParent);
        MemberMakers.For(new(ensemble, workload, data, opened, context)).TrainOne(assignment.Lease.Item.MemberNumber ?? throw new InvalidOperationException("A member assignment names no member."));
        return new();
    }

    private INetworkWorkload FindVoting(TrialPlan plan) => Find(plan) is INetworkWorkload { Descriptor.SupportsEnsemble: true } workload
        ? workload
        : throw new WorkloadConfigurationException($"Workload '{plan.Workload.Builtin}' cannot vote; remove the ensemble from the spec.");

    // All trials of a search share the data set, so its warnings are told by the first one only; another search on the same data tells them again.
    // Nobody can mend the data that come with the product.
    private void TellOnce(DataSet data, TrialAssignment assignment, WorkContext context)
    {
        if (!SpecVocabulary.ShippedDataSets.Contains(assignment.Plan.Data!.Source) && _told.GetValue(data, _ => []).TryAdd(assignment.Lease.SearchId, true))
        {
            foreach (var warning in data.Warnings)
            {
                context.Warn?.Invoke(warning);
            }
        }
    }

    // The product's own networks are known to draw from the trial's streams; those of users are built twice, for the first trial of a search.
    private void TellOnceOfRandomness(INetworkWorkload workload, Hyperparameters hyperparameters, DataSet data, TrialAssignment assignment, Device opened, WorkContext context)
    {
        if (workload.GetType().Assembly == typeof(WorkExecutor).Assembly || !_built.TryAdd((assignment.Lease.SearchId, workload.Descriptor.Name), true))
        {
            return;
        }

        MemoryGuard.Check(workload.CountParameters(hyperparameters, data.Shape), opened);
        if (GlobalRandomness.Find(workload, hyperparameters, data, assignment.Seed, opened) is { } sentence)
        {
            context.Warn?.Invoke(sentence);
        }
    }

    private IWorkload Find(TrialPlan plan) => _workloads.Find(plan.Workload.Builtin)
        ?? throw new WorkloadConfigurationException($"This worker has no workload '{DisplayText.Shorten(plan.Workload.Builtin)}'; it has {string.Join(", ", _workloads.Names)}.");

    private TrialPlan Resolve(TrialPlan plan) => plan.Data is not { RegisteredName: { } name } data ? plan
        : registry is null ? throw new DataException(DataCodes.NotRegistered, $"This process has no registry of data, so registered:{DisplayText.Shorten(name)} means nothing here; give a path.")
        : plan with { Data = registry.Resolve(data) };

    private static DataSpec RequireData(TrialPlan plan, IWorkload workload) => plan.Data
        ?? throw new WorkloadConfigurationException($"Workload '{workload.Descriptor.Name}' needs data; give data.source in the spec.");

    private static void RequireAnswer(INetworkWorkload workload, DataSet data)
    {
        if (workload.Descriptor.Target is { } target && target != data.Shape.Target)
        {
            throw new WorkloadConfigurationException($"Workload '{workload.Descriptor.Name}' answers {Describe(target)}, but the data ask for {Describe(data.Shape.Target)}; use another workload or other data.");
        }
    }

    private static string Describe(TargetKind target) => target switch
    {
        TargetKind.Class => "one class for each row",
        TargetKind.Numbers => "numbers",
        _ => "one class for each pixel",
    };

    private static string? TraceParentOf(WorkAssignment assignment, WorkContext context) =>
        context.TraceParent ?? assignment.TraceParent ?? Activity.Current?.Id;
}
