using System.Diagnostics;
using SearchCluster.Contracts.Storage;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Registry;
using SearchCluster.Models.Ensembles;
using SearchCluster.Models.Ensembles.Methods;
using SearchCluster.Models.Training;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Execution;

/// <summary>Runs assignments on one device; thread-safe, one per process and device.</summary>
/// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:0</c>.</param>
/// <param name="workloads">What can be trained; null for the built-in workloads.</param>
/// <param name="registry">The data sets that this machine knows by name; null for none.</param>
/// <param name="distant">Those that another machine has; null for none.</param>
/// <remarks>Loads libtorch at the first assignment that needs it; a process without libtorch can still run computed workloads.</remarks>
public sealed class WorkExecutor(
    string device = "cpu", WorkloadCatalog? workloads = null, DataRegistry? registry = null, IDistantData? distant = null) : IWorkExecutor
{
    private readonly WorkloadBuilds _builds = new();
    private readonly PlanOpener _plans = new(device, workloads ?? WorkloadCatalog.Default, registry, distant);

    /// <summary>The device all assignments run on.</summary>
    public string Device { get; } = device;

    /// <inheritdoc />
    public void Run(IReadOnlyList<ILeasedWork> group)
    {
        ArgumentNullException.ThrowIfNull(group);
        foreach (var work in group)
        {
            AttemptLife.Live(work, RunOpen);
        }
    }

    /// <summary>Runs one assignment to its end on the calling thread.</summary>
    /// <param name="assignment">A trial, a member or an ensemble.</param>
    /// <param name="context">What surrounds it.</param>
    /// <returns>How it ended. Faults of the workload, the data or the device are outcomes, not exceptions.</returns>
    public WorkOutcome Run(WorkAssignment assignment, WorkContext context)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(context);
        return AttemptLife.Guard(assignment, context, RunOpen)!;
    }

    /// <summary>Opens, reads and prepares the data of a plan as its first trial would, and keeps them for it.</summary>
    /// <param name="plan">What would be trained on what.</param>
    /// <returns>What the trial would train on; null for a computed workload, which has no data.</returns>
    /// <exception cref="DataException">The data cannot be used.</exception>
    /// <exception cref="WorkloadConfigurationException">Data and workload do not fit together.</exception>
    internal (INetworkWorkload Workload, DataSet Data)? Prepare(TrialPlan plan)
    {
        var resolved = _plans.Resolve(plan);
        if (_plans.Find(resolved) is INetworkWorkload workload)
        {
            return (workload, _plans.Load(resolved, workload));
        }

        KnownData.Require(resolved, KnownData.Of(resolved.Data));
        return null;
    }

    private WorkOutcome RunOpen(WorkAssignment assignment, WorkContext context)
    {
        try
        {
            return RunPlaced(assignment, context);
        }
        catch (DataException missing) when (IsMissing(missing, PlanOf(assignment)))
        {
            // Another worker may have them.
            return new AttemptFailed(FailureClassifier.Classify(missing).Failure with { Kind = TrialFailureKind.DataMissing });
        }
    }

    private static bool IsMissing(DataException failure, TrialPlan plan) =>
        failure.InnerException is not StorageTroubleException
        && plan.Data is { } data
        && failure.Code switch
        {
            DataCodes.NotRegistered or DataCodes.CacheTooSmall => true,
            DataCodes.CannotOpen => data.RegisteredName is not null || !Path.Exists(data.Source),
            _ => false,
        };

    private WorkOutcome RunPlaced(WorkAssignment assignment, WorkContext context)
    {
        var (plan, placed) = _plans.Place(PlanOf(assignment), context.Cancellation);
        using (placed)
        {
            return assignment switch
            {
                TrialAssignment trial => RunTrial(trial with { Plan = plan }, context),
                EnsembleAssignment ensemble => RunEnsemble(ensemble with { Plan = plan }, context),
                MemberAssignment member => RunMember(member with { Plan = plan }, context),
                _ => throw Unknown(assignment),
            };
        }
    }

    private static TrialPlan PlanOf(WorkAssignment assignment) => assignment switch
    {
        TrialAssignment trial => trial.Plan,
        EnsembleAssignment ensemble => ensemble.Plan,
        MemberAssignment member => member.Plan,
        _ => throw Unknown(assignment),
    };

    private static InvalidOperationException Unknown(WorkAssignment assignment) =>
        new($"Assignment {assignment.GetType().Name} is unknown to this release.");

    private WorkOutcome RunTrial(TrialAssignment assignment, WorkContext context)
    {
        var workload = _plans.Find(assignment.Plan);
        _builds.Tell(workload, assignment.Lease.SearchId, context);
        var hyperparameters = Hyperparameters.Create(workload.Descriptor, assignment.Plan.Workload.Fixed, assignment.Values);
        return workload switch
        {
            IComputedWorkload computed => Compute(computed, assignment, hyperparameters, context),
            INetworkWorkload network => Train(network, assignment, hyperparameters, context),
            _ => throw new WorkloadConfigurationException(
                $"Workload '{workload.Descriptor.Name}' implements neither INetworkWorkload nor IComputedWorkload."),
        };
    }

    private static WorkOutcome Compute(
        IComputedWorkload workload, TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context)
    {
        var data = KnownData.Of(assignment.Plan.Data);
        KnownData.Require(assignment.Plan, data);
        var told = new ToldData(context, data);
        context.Pulse?.Begin(assignment.Plan.TrialTime);
        var reported = new ReportedCurve(assignment, workload.Descriptor, told.Context);
        using var limit = new TrialLimit(reported.Context, assignment.Plan.TrialTime);
        var outcome = workload.Require(
            limit.Run(limited => workload.Run(assignment, hyperparameters, limited)), nameof(IComputedWorkload.Run));
        return told.With(SavedModels.Require(reported.Settle(outcome), assignment.Lease, context.Artifacts));
    }

    private WorkOutcome Train(INetworkWorkload network, TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context)
    {
        var opened = _plans.Open(assignment.Plan, network, assignment.Lease.SearchId, context, assignment.Plan.TrialTime);
        _plans.TellOfRandomness(opened, hyperparameters, assignment.Lease.SearchId, assignment.Seed, context);
        var (workload, data, on) = opened;
        var traceParent = TraceParentOf(assignment, context);

        // The other folds of a trial must be of the data of its first one.
        assignment = assignment with { Plan = assignment.Plan with { KnownData = data.Identity } };
        context = new ToldData(context, data.Identity).Context;
        var share = data.WithTrainingFraction(assignment.DataFraction ?? 1, assignment.Plan.SearchSeed);
        _plans.TellOfShare(share, assignment.Lease.SearchId, context);
        return assignment.Plan.Data!.Split.Folds is null
            ? Trainer.Run(new(
                assignment,
                workload,
                hyperparameters,
                share,
                on,
                context,
                traceParent))
            : new CrossValidation(assignment, workload, hyperparameters, on, context, traceParent).Run();
    }

    // An ensemble has no limit of its own: each training in it has the limit of a trial.
    private EnsembleCompleted RunEnsemble(EnsembleAssignment assignment, WorkContext context)
    {
        var setup = Setup(assignment, assignment, context, limit: null);
        using var scope = NewDisposeScope();
        return new(new EnsembleBuilder(setup).Build());
    }

    private MemberCompleted RunMember(MemberAssignment assignment, WorkContext context)
    {
        var ensemble = new EnsembleAssignment(
            assignment.Lease, assignment.Ensemble, assignment.Members, assignment.Plan, assignment.TraceParent);
        var setup = Setup(ensemble, assignment, context, assignment.Plan.TrialTime);
        using var scope = NewDisposeScope();
        MemberMakers.For(setup)
            .TrainOne(assignment.Lease.Item.MemberNumber ?? throw new InvalidOperationException("A member assignment names no member."));
        return new();
    }

    private EnsembleSetup Setup(EnsembleAssignment ensemble, WorkAssignment assignment, WorkContext context, TimeSpan? limit)
    {
        var (workload, data, on) = _plans.Open(ensemble.Plan, _plans.FindVoting(ensemble.Plan), assignment.Lease.SearchId, context, limit);
        return new(ensemble, workload, data, on, context, TraceParentOf(assignment, context));
    }

    private static string? TraceParentOf(WorkAssignment assignment, WorkContext context) =>
        context.TraceParent ?? assignment.TraceParent ?? Activity.Current?.Id;
}
