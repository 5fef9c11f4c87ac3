namespace SearchCluster.Contracts.Specs;

/// <summary>A complete, validated search specification, format version 1, with every default filled in.</summary>
public sealed record SearchSpec
{
    /// <summary>The search's name.</summary>
    public required SearchId Name { get; init; }

    /// <summary>What one trial trains.</summary>
    public required WorkloadSpec Workload { get; init; }

    /// <summary>How trials are judged.</summary>
    public required ObjectiveSpec Objective { get; init; }

    /// <summary>What is searched.</summary>
    public required SearchSpace Space { get; init; }

    /// <summary>When the search ends.</summary>
    public required BudgetSpec Budget { get; init; }

    /// <summary>How configurations are chosen.</summary>
    public required AlgorithmSpec Algorithm { get; init; }

    /// <summary>Master seed, 0 to 2^53 - 1; every random choice derives from it.</summary>
    public ulong Seed { get; init; }

    /// <summary>The data set, or null for a workload that needs none.</summary>
    public DataSpec? Data { get; init; }

    /// <summary>Configurations to try first; missing parameters are sampled.</summary>
    public ValueArray<ParameterValues>? Enqueue { get; init; }

    /// <summary>What stops, pauses and promotes trials.</summary>
    public SchedulerSpec? Scheduler { get; init; }

    /// <summary>Patience inside a trial, or null for none.</summary>
    public EarlyStoppingSpec? EarlyStopping { get; init; }

    /// <summary>What a trial needs and how many run at once.</summary>
    public ResourcesSpec? Resources { get; init; }

    /// <summary>Which failures get another attempt.</summary>
    public RetrySpec? Retry { get; init; }

    /// <summary>How often a trial saves its state.</summary>
    public CheckpointSpec? Checkpoint { get; init; }

    /// <summary>What is built from the best trials, or null for nothing.</summary>
    public EnsembleSpec? Ensemble { get; init; }

    /// <summary>Free tags.</summary>
    public ValueMap<string>? Labels { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>All objectives of a search with several, the first one equal to <see cref="Objective"/>; null for one.</summary>
    public ValueArray<ObjectiveSpec>? Objectives { get; init; }

    /// <summary>
    /// How often each configuration is evaluated, each time with another trial seed; 2 to 100, or null for once.
    /// Each evaluation is a trial; the configuration with the best mean has the best trial.
    /// </summary>
    public int? Repeats { get; init; }

    /// <summary>Observations of an earlier search, or null.</summary>
    public WarmStartSpec? WarmStart { get; init; }

    /// <summary>Keeps trials and winner the same with any number of workers; null when the order of results may decide.</summary>
    public ReproducibleSpec? Reproducible { get; init; }
}
