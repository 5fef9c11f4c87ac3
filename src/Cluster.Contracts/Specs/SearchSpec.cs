namespace SearchCluster.Contracts.Specs;

/// <summary>A complete, validated search specification, format version 1, with every default filled in.</summary>
/// <param name="Name">The search's name.</param>
/// <param name="Workload">What one trial trains.</param>
/// <param name="Objective">How trials are judged.</param>
/// <param name="Space">What is searched.</param>
/// <param name="Budget">When the search ends.</param>
/// <param name="Algorithm">How configurations are chosen.</param>
/// <param name="Seed">Master seed, 0 to 2^53 - 1; every random choice derives from it.</param>
/// <param name="Data">The data set, or null for a workload that needs none.</param>
/// <param name="Enqueue">Configurations to try first; missing parameters are sampled.</param>
/// <param name="Scheduler">What stops, pauses and promotes trials.</param>
/// <param name="EarlyStopping">Patience inside a trial, or null for none.</param>
/// <param name="Resources">What a trial needs and how many run at once.</param>
/// <param name="Retry">Which failures get another attempt.</param>
/// <param name="Checkpoint">How often a trial saves its state.</param>
/// <param name="Ensemble">What is built from the best trials, or null for nothing.</param>
/// <param name="Labels">Free tags.</param>
/// <param name="Description">For people.</param>
/// <param name="Objectives">All objectives of a search with several, the first one equal to <paramref name="Objective"/>; null for one.</param>
/// <param name="Repeats">How often each configuration is evaluated, each time with another trial seed; 2 to 100, or null for once. Each evaluation is a trial.</param>
/// <param name="WarmStart">Observations of an earlier search, or null.</param>
/// <param name="Reproducible">Keeps trials and winner the same with any number of workers; null when the order of results may decide.</param>
public sealed record SearchSpec(
    SearchId Name,
    WorkloadSpec Workload,
    ObjectiveSpec Objective,
    SearchSpace Space,
    BudgetSpec Budget,
    AlgorithmSpec Algorithm,
    ulong Seed = 0,
    DataSpec? Data = null,
    ValueArray<ParameterValues>? Enqueue = null,
    SchedulerSpec? Scheduler = null,
    EarlyStoppingSpec? EarlyStopping = null,
    ResourcesSpec? Resources = null,
    RetrySpec? Retry = null,
    CheckpointSpec? Checkpoint = null,
    EnsembleSpec? Ensemble = null,
    ValueMap<string>? Labels = null,
    string? Description = null,
    ValueArray<ObjectiveSpec>? Objectives = null,
    int? Repeats = null,
    WarmStartSpec? WarmStart = null,
    ReproducibleSpec? Reproducible = null);
