namespace SearchCluster.Contracts.Algorithms;

/// <summary>The trial schedulers that a spec can name; a test keeps them equal to the catalogue.</summary>
public static class BuiltinSchedulers
{
    /// <summary>Every trial trains to its end.</summary>
    public static AlgorithmDescriptor None { get; } = new("none", "Every trial trains to its own end.", [], SupportsSeveralObjectives: true);

    /// <summary>All of them, in the order of the documentation.</summary>
    public static ValueArray<AlgorithmDescriptor> All { get; } = [None];
}
