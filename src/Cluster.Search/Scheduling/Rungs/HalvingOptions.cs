using SearchCluster.Contracts.Algorithms;

namespace SearchCluster.Search.Scheduling.Rungs;

/// <summary>What the schedulers of successive halving have in common.</summary>
/// <param name="Min">Resource level of the first rung, at least 1.</param>
/// <param name="Max">Resource of a whole trial, at least <paramref name="Min"/>.</param>
/// <param name="Reduction">One in so many trials of a rung goes on, and the ratio of neighbouring levels (η in the papers); above 1.</param>
/// <param name="IsPromoting">True to pause trials at each rung and promote the best; false to stop the others while they run.</param>
public sealed record HalvingOptions(int Min, int Max, double Reduction, bool IsPromoting)
{
    /// <summary>Reads the options of a specification.</summary>
    /// <param name="descriptor">The scheduler's descriptor.</param>
    /// <param name="spec">The specification.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">Option <c>max</c> is missing or below <c>min</c>.</exception>
    public static HalvingOptions Read(AlgorithmDescriptor descriptor, SearchSpec spec)
    {
        var options = new OptionValues(descriptor, spec.Scheduler!.Options);
        var max = options.Integer("max") ?? throw new ArgumentException($"Scheduler {descriptor.Name} needs max, the resource level of a whole trial.", nameof(spec));
        var min = options.Integer("min") is { } given and > 0 ? given : RungLevels.StandardMin(max);
        return min <= max
            ? new HalvingOptions(min, max, options.Real("reduction")!.Value, options.Text("variant") == "promotion")
            : throw new ArgumentException($"Scheduler {descriptor.Name} has max {max}, but it must be at least min, which is {min}.", nameof(spec));
    }
}
