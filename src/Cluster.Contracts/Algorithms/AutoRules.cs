using System.Globalization;
using System.Numerics;

namespace SearchCluster.Contracts.Algorithms;

/// <summary>What algorithm <c>auto</c> stands for.</summary>
/// <param name="Algorithm">Name of the sampler.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record AutoChoice(string Algorithm, string Reason);

/// <summary>The rules of algorithm <c>auto</c>: a pure function of the specification, so that a search never changes its sampler.</summary>
/// <remarks>
/// The first rule that fits decides. Several objectives need dominance instead of one loss; a small finite space is tried completely; a
/// budget so large that a Gaussian process would see only a part of it, or so parallel that it knows little of what runs, goes to the
/// Parzen estimator; all else goes to the Gaussian process, which needs the fewest trials (<c>docs/performance.md</c>).
/// </remarks>
public static class AutoRules
{
    /// <summary>With more trials than this the Parzen estimator is chosen: the Gaussian process looks at a subset beyond it.</summary>
    public const int MostTrialsForGaussianProcess = 2_000;

    /// <summary>With more trials at once than this the Parzen estimator is chosen: most of what a model would need is pending.</summary>
    public const int MostConcurrencyForGaussianProcess = 64;

    /// <summary>Chooses.</summary>
    /// <param name="spec">The specification.</param>
    /// <returns>The choice.</returns>
    public static AutoChoice Choose(SearchSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Objectives is { Count: > 1 } objectives)
        {
            return new("nsga2", Text($"{objectives.Count} objectives."));
        }

        var trials = spec.Budget.Trials;
        if (SizeOfGrid(spec.Space) is { } size && size <= (trials ?? 0) / (spec.Repeats ?? 1))
        {
            return new("grid", Text($"all {size} configurations fit into the budget."));
        }

        if (trials > MostTrialsForGaussianProcess)
        {
            return new("tpe", Text($"{trials} trials are more than the {MostTrialsForGaussianProcess} that gp is chosen for."));
        }

        return spec.Resources?.Concurrency > MostConcurrencyForGaussianProcess
            ? new("tpe", Text($"{spec.Resources.Concurrency} trials at once are more than the {MostConcurrencyForGaussianProcess} that gp is chosen for."))
            : new("gp", Text($"{spec.Space.Parameters.Count} parameters{(trials is { } budget ? Text($" and {budget} trials") : "")}."));
    }

    private static BigInteger? SizeOfGrid(SearchSpace space)
    {
        if (space.Parameters.Any(parameter => parameter.Domain is RealDomain { StepCount: null } real && real.Min != real.Max))
        {
            return null;
        }

        try
        {
            // Chosen grid points are for people who want a grid; here every value counts.
            return new GridSpace(space with { Parameters = [.. space.Parameters.Select(p => p with { GridPoints = p.Domain is RealDomain { StepCount: null } ? 1 : null })] }).Count;
        }
        catch (GridTooEntangledException)
        {
            return null;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
