using System.Globalization;
using System.Numerics;
using SearchCluster.Search.Sampling.GaussianProcess;
using SearchCluster.Search.Sampling.Grid;
using SearchCluster.Search.Sampling.Nsga2;
using SearchCluster.Search.Sampling.Tpe;

namespace SearchCluster.Search.Sampling.Auto;

/// <summary>The rules of algorithm <c>auto</c>: a pure function of the specification, so that it can be told
/// before anything runs.</summary>
/// <remarks>
/// The first rule that fits decides:
/// <list type="number">
/// <item>several objectives: <c>nsga2</c>;</item>
/// <item>the grid of all values has no more points than the budget has configurations, those left aside that are enqueued twice:
/// <c>grid</c>, which then misses none;</item>
/// <item>more than <see cref="MostConcurrency"/> trials at once: <c>tpe</c>, because a joint model of so many
/// pending trials gains little;</item>
/// <item>more than <see cref="MostTrials"/> trials, or no limit on trials, over mostly categorical or
/// conditional parameters: <c>tpe</c>;</item>
/// <item>else <c>gp</c>.</item>
/// </list>
/// </remarks>
public static class AutoRules
{
    /// <summary>Most trials at once for which <c>gp</c> is chosen.</summary>
    public const int MostConcurrency = 64;

    /// <summary>Most trials for which <c>gp</c> is chosen whatever the space.</summary>
    public const int MostTrials = 2_000;

    /// <summary>Names the sampler of a search: its own, or the one that is chosen for it.</summary>
    /// <param name="spec">The specification.</param>
    /// <returns>The name, never <c>auto</c>.</returns>
    public static string NameOf(SearchSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Algorithm.Type == AutoSampler.Descriptor.Name ? Choose(spec).Algorithm : spec.Algorithm.Type;
    }

    /// <summary>Chooses a sampler.</summary>
    /// <param name="spec">The specification; its own algorithm does not matter.</param>
    /// <returns>The sampler and the rule that decided.</returns>
    public static AutoChoice Choose(SearchSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Objectives is { Count: > 1 } objectives)
        {
            return new(
                Nsga2Options.Descriptor.Name,
                string.Create(CultureInfo.InvariantCulture, $"there are {objectives.Count} objectives"));
        }

        if (spec.Budget.Trials / (spec.Repeats ?? 1) is { } configurations
            && FullGrid(spec.Space, configurations - EnqueuedAgain(spec)) is { } points)
        {
            return new(
                GridOptions.Descriptor.Name,
                string.Create(CultureInfo.InvariantCulture, $"the space has only {points} points and the budget pays for all of them"));
        }

        if (spec.Resources?.Concurrency is > MostConcurrency and var concurrency)
        {
            return new(
                TpeOptions.Descriptor.Name,
                string.Create(CultureInfo.InvariantCulture, $"{concurrency:#,0} trials at once are more than {MostConcurrency}"));
        }

        return spec.Budget.Trials is null or > MostTrials ? ForManyTrials(spec) : ForFewTrials(spec.Budget.Trials.Value);
    }

    private static AutoChoice ForManyTrials(SearchSpec spec)
    {
        var many = spec.Budget.Trials is { } trials
            ? string.Create(CultureInfo.InvariantCulture, $"{trials:#,0} trials are more than {MostTrials:#,0}")
            : "the budget does not limit the trials";
        var parameters = spec.Space.Parameters;
        var withoutScale = parameters.Count(
            parameter => parameter.When is { Count: > 0 } || parameter.Domain is ItemDomain { IsOrdered: false } or BooleanDomain);
        return withoutScale * 2 > parameters.Count
            ? new(TpeOptions.Descriptor.Name, $"{many}, and most parameters are categorical or conditional")
            : new(GaussianProcessOptions.Descriptor.Name, $"{many}, but most parameters are numbers");
    }

    private static AutoChoice ForFewTrials(int trials) =>
        new(
            GaussianProcessOptions.Descriptor.Name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"it needs the fewest trials to come near the optimum, and {trials:#,0} {(trials == 1 ? "is" : "are")} no more than "
                    + $"{MostTrials:#,0}"));

    // How many enqueued trials may be of a configuration that an earlier one has; what an entry leaves out is drawn at random.
    private static int EnqueuedAgain(SearchSpec spec) => spec.Enqueue is { Count: > 0 } enqueue
        ? enqueue.Count - Math.Max(1, enqueue.Where(spec.Space.Contains).Distinct().Count())
        : 0;

    // Every value of every parameter must be a point: gridPoints thin an axis out for algorithm grid only.
    private static BigInteger? FullGrid(SearchSpace space, int most)
    {
        var product = BigInteger.One;
        foreach (var parameter in space.Parameters)
        {
            if (GridAxis.Of(parameter with { GridPoints = null }) is not { } all || GridAxis.Of(parameter)!.Count < all.Count)
            {
                return null;
            }

            product *= (BigInteger)all.Count;
        }

        var isPlain = space.Forbidden is null or { Count: 0 } && space.Parameters.All(parameter => parameter.When is null or { Count: 0 });
        var size = isPlain ? product : Count(space);
        return size <= most ? size : null;
    }

    private static BigInteger? Count(SearchSpace space)
    {
        try
        {
            return new GridSpace(space).Count;
        }
        catch (GridTooEntangledException)
        {
            return null;
        }
    }
}
