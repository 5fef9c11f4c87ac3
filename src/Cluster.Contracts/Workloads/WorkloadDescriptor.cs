namespace SearchCluster.Contracts.Workloads;

/// <summary>What a workload reads and reports, so that a spec can be checked without loading it.</summary>
/// <param name="Name">Name in specs.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="NeedsData">True when a spec must name a data set.</param>
/// <param name="Hyperparameters">What it reads.</param>
/// <param name="Metrics">What it reports.</param>
/// <param name="AllowsOtherParameters">True when it also reads parameters of any other name (coordinates of a function).</param>
/// <param name="SupportsEnsemble">True when its models can vote.</param>
/// <param name="Target">What its data must ask for; null for any.</param>
/// <param name="EncoderParameters">Hyperparameters that say what its encoder looks like, which may come from an
/// earlier model; null when it has no encoder.</param>
/// <param name="IgnoresAnswer">True when it does not read what the data ask for, so that a table needs no target.</param>
public sealed record WorkloadDescriptor(
    string Name,
    string Description,
    bool NeedsData,
    ValueArray<HyperparameterDescriptor> Hyperparameters,
    ValueArray<string> Metrics,
    bool AllowsOtherParameters = false,
    bool SupportsEnsemble = false,
    TargetKind? Target = null,
    ValueArray<string>? EncoderParameters = null,
    bool IgnoresAnswer = false)
{
    /// <summary>True when it runs and reports by itself, so that nobody looks at its epochs: no <c>earlyStopping</c>, and metrics as it
    /// likes. The catalogue of workloads says so of its own.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsComputed { get; init; }
}
