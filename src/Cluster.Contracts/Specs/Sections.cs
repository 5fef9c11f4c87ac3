using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Specs;

/// <summary>What one trial trains.</summary>
/// <param name="Builtin">A model family that ships with the product, for example <c>mlp</c> or <c>function</c>.</param>
/// <param name="Fixed">Constants handed to every trial next to the sampled parameters.</param>
/// <param name="Pretrained">Where the encoder's first weights come from; null to draw them.</param>
public sealed record WorkloadSpec(string Builtin, ParameterValues Fixed, PretrainedSpec? Pretrained = null);

/// <summary>A trained model whose encoder a network starts from: a trial of an earlier search, or a file.</summary>
/// <param name="From">The earlier search; null for a file.</param>
/// <param name="Trial">Its trial; null for its best one until the search is submitted, when the trial is filled in.</param>
/// <param name="File">A <c>.safetensors</c> or <c>.scm</c> file on the worker; null for a search.</param>
/// <param name="Parameters">Hyperparameters that say what the encoder looks like and so come from the earlier trial.</param>
public sealed record PretrainedSpec(SearchId? From, TrialId? Trial, string? File, ValueArray<string> Parameters);

/// <summary>How trials are judged.</summary>
/// <param name="Metric">Name of the metric, for example <c>val/loss</c>.</param>
/// <param name="Direction">Which end is better.</param>
/// <param name="Target">Stop the search when a finished trial reaches it; null for never.</param>
/// <param name="Aggregate">How a trial's measurements become its value.</param>
/// <param name="OnNonFinite">What a NaN or infinite value means.</param>
public sealed record ObjectiveSpec(
    string Metric,
    Direction Direction,
    double? Target = null,
    ObjectiveAggregate Aggregate = ObjectiveAggregate.Best,
    NonFinitePolicy OnNonFinite = NonFinitePolicy.FailTrial);

/// <summary>How a trial's measurements become its objective value.</summary>
public enum ObjectiveAggregate
{
    /// <summary>The best measurement.</summary>
    Best,

    /// <summary>The last measurement.</summary>
    Last,

    /// <summary>The mean of the last three measurements.</summary>
    MeanLast3,

    /// <summary>The mean of all measurements, for trials that measure one fold after the other.</summary>
    Mean,
}

/// <summary>What a NaN or infinite objective means.</summary>
public enum NonFinitePolicy
{
    /// <summary>The trial fails as diverged.</summary>
    FailTrial,

    /// <summary>The trial completes and ranks last.</summary>
    Worst,
}

/// <summary>How configurations are chosen.</summary>
/// <param name="Type">Name in the sampler catalogue, for example <c>random</c>.</param>
/// <param name="Options">Options of that sampler.</param>
/// <param name="Stages">Stages of a coarse-to-fine search, at least two; null for other algorithms.</param>
public sealed record AlgorithmSpec(string Type, ParameterValues Options, ValueArray<StageSpec>? Stages = null);

/// <summary>One stage of a coarse-to-fine search.</summary>
/// <param name="Algorithm">Name of its sampler.</param>
/// <param name="Options">Options of that sampler.</param>
/// <param name="Trials">Trials of the stage; null for the rest of the budget (the last stage).</param>
/// <param name="DataFraction">Share of the training data that its trials use, above 0 and at most 1.</param>
/// <param name="Top">Share of the best finished trials before the stage whose values it narrows the space to;
/// ignored by the first stage.</param>
/// <param name="Margin">How much wider than those values each range is, as a share of their extent on the parameter's scale.</param>
public sealed record StageSpec(
    string Algorithm, ParameterValues Options, int? Trials = null, double DataFraction = 1, double Top = 0.2, double Margin = 0.1);

/// <summary>Observations of an earlier search with parameters of the same names.</summary>
/// <param name="From">The earlier search.</param>
/// <param name="Top">Use only the best so many trials; null for all that fit, at most 1,000.</param>
/// <param name="Observations">What was taken over at submission; null before.</param>
public sealed record WarmStartSpec(SearchId From, int? Top = null, ValueArray<PriorObservation>? Observations = null);

/// <summary>A configuration that an earlier search evaluated.</summary>
/// <param name="Values">The configuration; it lies in the space of this search.</param>
/// <param name="Objective">Its objective value.</param>
public sealed record PriorObservation(ParameterValues Values, double Objective);

/// <summary>The search ends when its model expects no further gain worth a trial.</summary>
/// <param name="ExpectedImprovement">The gain, in units of the objective; above 0.</param>
/// <param name="Trials">So many suggestions in a row must promise less; at least 1.</param>
public sealed record PlateauSpec(double ExpectedImprovement, int Trials = 5);

/// <summary>What stops, pauses and promotes running trials.</summary>
/// <param name="Type">Name in the scheduler catalogue, for example <c>none</c>.</param>
/// <param name="Options">Options of that scheduler.</param>
public sealed record SchedulerSpec(string Type, ParameterValues Options);

/// <summary>Patience inside one trial: stop when the metric has not improved for so many epochs.</summary>
/// <param name="Metric">The metric watched; null for the objective's.</param>
/// <param name="Patience">Epochs without improvement, 1 to 100,000.</param>
/// <param name="MinDelta">Smallest change that counts as an improvement, at least 0.</param>
/// <param name="Warmup">Epochs at the start during which patience does not count.</param>
/// <param name="RestoreBest">Keep the weights of the best epoch rather than the last; where it is false the aggregate of the objective
/// is not best.</param>
public sealed record EarlyStoppingSpec(string? Metric, int Patience, double MinDelta = 0, int Warmup = 0, bool RestoreBest = true);

/// <summary>The search ends at the first limit reached. At least one of trials, time, device time or epochs is set.</summary>
/// <param name="Trials">Configurations tried, 1 to 1,000,000; retries do not count.</param>
/// <param name="Time">Time the search runs; pauses and coordinator downtime do not count.</param>
/// <param name="DeviceTime">Summed time of all attempts.</param>
/// <param name="Epochs">Summed measurements of all trials.</param>
/// <param name="TrialTime">Longest time for one attempt.</param>
/// <param name="NoImprovement">Finished trials in a row without a new best.</param>
/// <param name="Failures">The search fails when more trials than this have failed.</param>
/// <param name="Plateau">Stop when the model expects no further gain; null for never. Needs an algorithm that predicts (gp).</param>
public sealed record BudgetSpec(
    int? Trials = null,
    TimeSpan? Time = null,
    TimeSpan? DeviceTime = null,
    long? Epochs = null,
    TimeSpan? TrialTime = null,
    int? NoImprovement = null,
    int Failures = 10,
    PlateauSpec? Plateau = null);

/// <summary>What a trial needs and how many run at once.</summary>
/// <param name="Concurrency">Most trials at once; null for as many as there are free slots.</param>
/// <param name="Device">Kind of device a trial needs.</param>
/// <param name="Labels">Only workers that carry these labels.</param>
/// <param name="MemoryBytes">Most memory of one trial, with the programs that it starts; null for no limit.</param>
/// <param name="Priority">Among searches that wait for a slot the highest gets it, −100 to 100; equal ones share.</param>
public sealed record ResourcesSpec(
    int? Concurrency = null,
    DeviceRequirement Device = DeviceRequirement.Auto,
    ValueMap<string>? Labels = null,
    long? MemoryBytes = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Priority = 0)
{
    /// <summary>The lowest priority of a search.</summary>
    public const int LowestPriority = -100;

    /// <summary>The highest priority of a search.</summary>
    public const int HighestPriority = 100;
}

/// <summary>Kind of device a trial needs.</summary>
public enum DeviceRequirement
{
    /// <summary>Any device.</summary>
    Auto,

    /// <summary>A CPU worker.</summary>
    Cpu,

    /// <summary>A CUDA worker.</summary>
    Cuda,
}

/// <summary>Which failed attempts are tried again.</summary>
/// <param name="Max">Most further attempts of one trial in a row that bring no new resource level, 0 to 100.</param>
/// <param name="On">Kinds of failure that are tried again; a lost worker is in the default.</param>
/// <param name="Backoff">Shortest wait before the next attempt.</param>
public sealed record RetrySpec(int Max, ValueArray<TrialFailureKind> On, TimeSpan Backoff)
{
    /// <summary>Three further attempts after a lost worker, at once.</summary>
    public static RetrySpec Default { get; } = new(3, [TrialFailureKind.WorkerLost], TimeSpan.Zero);
}

/// <summary>How a search stays the same whatever the order in which its workers answer: it goes in rounds of so many trials.</summary>
/// <param name="Round">Trials that are chosen from the same results, at least 1; see <see cref="StandardRound"/>.</param>
public sealed record ReproducibleSpec(int Round = ReproducibleSpec.StandardRound)
{
    /// <summary>The round of a specification that says only <c>reproducible: true</c>; it depends on nothing,
    /// above all not on the number of workers.</summary>
    public const int StandardRound = 10;
}

/// <summary>How often a trial saves its state, and of which trials files are kept.</summary>
/// <param name="Every">Epochs between checkpoints, at least 1.</param>
/// <param name="KeepBest">Of so many of the best trials checkpoint and model stay when they are over; null with <paramref name="KeepLast"/>
/// for the best one, without it for all trials.</param>
/// <param name="KeepLast">So many trials keep theirs, too, which finished last; null for none.</param>
public sealed record CheckpointSpec(int Every = 1, int? KeepBest = null, int? KeepLast = null)
{
    /// <summary>True where files of some trials are removed.</summary>
    [JsonIgnore]
    public bool HasPolicy => KeepBest is not null || KeepLast is not null;
}

/// <summary>What is built from the best trials at the end.</summary>
/// <param name="Type">Name of the ensemble method: <c>top-k</c>, <c>greedy</c>, <c>bagging</c>, <c>adaboost</c> or <c>folds</c>.</param>
/// <param name="Members">How many models vote, 2 to 100; fewer when fewer completed. Rounds of <c>greedy</c>,
/// in which a trial may be chosen again.</param>
/// <param name="Combine">How the members' outputs are combined.</param>
/// <param name="Pool">Of how many of the best trials <c>greedy</c> chooses; null for 50.</param>
public sealed record EnsembleSpec(
    string Type, int Members, EnsembleCombination Combine = EnsembleCombination.MeanProbability, int? Pool = null);

/// <summary>How members' outputs are combined.</summary>
public enum EnsembleCombination
{
    /// <summary>Soft vote: the mean of the class probabilities.</summary>
    MeanProbability,

    /// <summary>The mean of the numbers.</summary>
    Mean,

    /// <summary>Hard vote: the class most members name, ties broken by the mean probability.</summary>
    Vote,
}
