namespace SearchCluster.Search.Scheduling;

/// <summary>Lets every trial train to its own end, in the order of suggestion.</summary>
public sealed class NoScheduler : ITrialScheduler
{
    private static readonly SchedulingDecision GoesOn = new(
        SchedulingAction.Continue, new DecisionReason("Every trial trains to its end."));

    /// <summary>Name and traits.</summary>
    public static AlgorithmDescriptor Descriptor { get; } =
        new("none", "Every trial trains to its own end.", [], SupportsSeveralObjectives: true);

    /// <inheritdoc />
    public string Name => Descriptor.Name;

    /// <inheritdoc />
    public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement) => GoesOn;

    /// <inheritdoc />
    public NextAction Next(SearchView view) => NextAction.Start;
}
