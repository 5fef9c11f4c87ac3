using SearchCluster.Contracts.Ensembles;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Binding.Run;

/// <summary>Reads sections <c>resources</c>, <c>retry</c>, <c>checkpoint</c> and <c>ensemble</c>.</summary>
internal static class RunBinder
{
    private const int MostKept = 1_000_000;

    /// <summary>Words of <c>resources.perTrial.device</c>.</summary>
    public static (string Word, DeviceRequirement Value)[] Devices { get; } =
        [("auto", DeviceRequirement.Auto), ("cpu", DeviceRequirement.Cpu), ("cuda", DeviceRequirement.Cuda)];

    /// <summary>Words of <c>retry.on</c>.</summary>
    public static (string Word, TrialFailureKind Value)[] Failures { get; } =
    [
        ("worker-lost", TrialFailureKind.WorkerLost),
        ("out-of-memory", TrialFailureKind.OutOfMemory),
        ("timeout", TrialFailureKind.Timeout),
        ("exception", TrialFailureKind.WorkloadError),
    ];

    /// <summary>Words of <c>ensemble.combine</c>.</summary>
    public static (string Word, EnsembleCombination Value)[] Combinations { get; } =
        [("mean-probability", EnsembleCombination.MeanProbability), ("mean", EnsembleCombination.Mean), ("vote", EnsembleCombination.Vote)];

    /// <summary>Reads what a trial needs.</summary>
    /// <param name="root">The file.</param>
    /// <returns>Defaults when absent.</returns>
    public static ResourcesSpec BindResources(Section root)
    {
        if (root.Child("resources", SectionFields.Resources) is not { } section)
        {
            return new ResourcesSpec();
        }

        var isAuto = section.Find("concurrency")?.Value is ScalarNode { Text: "auto" };
        var concurrency = isAuto ? null : (int?)section.Whole("concurrency", 1, 4_096);
        var (device, memory) = section.Child("perTrial", SectionFields.PerTrial) is { } trial
            ? BindTrial(trial)
            : (DeviceRequirement.Auto, null);
        var priority = section.Whole("priority", ResourcesSpec.LowestPriority, ResourcesSpec.HighestPriority) ?? 0;
        return new ResourcesSpec(concurrency, device, section.Labels("labels"), memory, (int)priority);
    }

    /// <summary>Reads which failures are tried again.</summary>
    /// <param name="root">The file.</param>
    /// <returns>Defaults when absent.</returns>
    public static RetrySpec BindRetry(Section root)
    {
        var standard = RetrySpec.Default;
        if (root.Child("retry", SectionFields.Retry) is not { } section)
        {
            return standard;
        }

        return new RetrySpec(
            (int)(section.Whole("max", 0, 100) ?? standard.Max),
            section.Find("on") is { } on ? BindFailures(section, on) : standard.On,
            section.Duration("backoff", allowsZero: true) ?? standard.Backoff);
    }

    /// <summary>Reads how often a trial saves its state, and what is kept of it.</summary>
    /// <param name="root">The file.</param>
    /// <returns>Defaults when absent.</returns>
    public static CheckpointSpec BindCheckpoint(Section root)
    {
        if (root.Child("checkpoint", SectionFields.Checkpoint) is not { } section)
        {
            return new CheckpointSpec();
        }

        return new CheckpointSpec(
            (int)(section.Whole("every", 1, 100_000) ?? 1),
            (int?)section.Whole("keepBest", 1, MostKept),
            (int?)section.Whole("keepLast", 1, MostKept));
    }

    /// <summary>Reads what is built at the end.</summary>
    /// <param name="root">The file.</param>
    /// <param name="workload">The workload, or null when unknown.</param>
    /// <param name="vocabulary">The methods there are.</param>
    /// <returns>Null when nothing is built.</returns>
    public static EnsembleSpec? BindEnsemble(Section root, WorkloadDescriptor? workload, SpecVocabulary vocabulary)
    {
        if (root.Child("ensemble", SectionFields.Ensemble) is not { } section)
        {
            return null;
        }

        if (section.Find("type") is null)
        {
            section.Missing(SpecCodes.Missing, "type", "type is required", $"use {string.Join(" or ", vocabulary.Ensembles)}");
        }

        section.RefuseLaterKeys(SectionFields.Ensemble, "remove it");
        var isNumbers = workload?.Target == TargetKind.Numbers;
        var type = section.Word("type", [.. vocabulary.Ensembles.Select(name => (name, name))], [], EnsembleMethods.None);
        var method = EnsembleMethods.Find(type);
        var members = (int?)section.Whole("members", 2, 100);
        var combine = section.Word(
            "combine", Combinations, [], method?.DefaultCombination(workload?.Target) ?? EnsembleCombination.MeanProbability);
        var pool = (int?)section.Whole("pool", 2, 1_000);
        if (method is null)
        {
            return null;
        }

        if (section.Find("members") is null)
        {
            section.Missing(
                SpecCodes.Missing,
                "members",
                $"{type} needs members, how many {(method.LearnsFromValidation ? "folds there are" : "models vote")}",
                "for example members: 5");
        }

        if (workload is { SupportsEnsemble: false })
        {
            section.Problems.Error(
                SpecCodes.Ensemble, section.At, "ensemble", $"models of workload {workload.Name} cannot vote", "remove section ensemble");
        }

        if (section.Find("combine") is { } chosen && isNumbers != (combine == EnsembleCombination.Mean))
        {
            section.Error(
                SpecCodes.Ensemble,
                chosen.Value.At,
                "combine",
                $"combine is {Combinations.First(known => known.Value == combine).Word}, but workload {workload?.Name} answers "
                    + $"{(isNumbers ? "numbers" : "a class")}",
                isNumbers ? "write combine: mean, or leave it out" : "write combine: mean-probability or vote");
        }

        var isOneClass = workload?.Target is null or TargetKind.Class;
        if (method.WeighsVotes && (!isOneClass || combine != EnsembleCombination.Vote))
        {
            section.Error(
                SpecCodes.Ensemble,
                section.PlaceOf("type"),
                "type",
                isOneClass
                    ? $"{type} weighs votes, so combine is vote"
                    : $"{type} boosts classifiers, but the workload answers {(isNumbers ? "numbers" : "a class for each pixel")}",
                isOneClass ? "leave combine out" : "use bagging");
        }

        if (pool is not null && !method.HasPool)
        {
            section.Error(
                SpecCodes.Ensemble,
                section.PlaceOf("pool"),
                "pool",
                $"pool is for {string.Join(" or ", EnsembleMethods.All.Where(known => known.HasPool).Select(known => known.Name))}, but "
                    + $"type is {type}",
                "remove it");
        }

        return new EnsembleSpec(type, members ?? 2, combine, pool);
    }

    // What people call a device of CUDA; by letters gpu is nearer to cpu.
    private static readonly (string Other, string Word)[] OtherNames = [("gpu", "cuda"), ("nvidia", "cuda")];

    private static (DeviceRequirement Device, long? Memory) BindTrial(Section trial)
    {
        var memory = Size(trial, "memory");
        Size(trial, "gpuMemory");
        trial.RefuseLaterKeys(SectionFields.PerTrial, "slots of the workers limit what runs at once; remove it");
        return (trial.Word("device", Devices, ["mps"], DeviceRequirement.Auto, OtherNames), memory);
    }

    private static long? Size(Section section, string key)
    {
        if (section.Find(key) is not { } entry)
        {
            return null;
        }

        if (entry.Value is ScalarNode scalar && Sizes.TryParse(scalar.Text, out var bytes))
        {
            return bytes;
        }

        section.Error(
            SpecCodes.Size,
            entry.Value.At,
            key,
            $"{key} {Section.Describe(entry.Value)}, but must be a size above 0 with a unit",
            Sizes.Rule);
        return null;
    }

    private static ValueArray<TrialFailureKind> BindFailures(Section section, MappingEntry on)
    {
        if (on.Value is not SequenceNode list)
        {
            section.Error(
                SpecCodes.WrongKind,
                on.Value.At,
                "on",
                $"on {Section.Describe(on.Value)}, but must be a list",
                "write [worker-lost, out-of-memory]");
            return [];
        }

        var kinds = new List<TrialFailureKind>();
        foreach (var item in list.Items)
        {
            if (section.TryWord(item, "on", Failures, [], out var kind) && !kinds.Contains(kind))
            {
                kinds.Add(kind);
            }
        }

        return kinds.ToValueArray();
    }
}
