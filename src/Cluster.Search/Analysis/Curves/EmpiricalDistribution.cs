namespace SearchCluster.Search.Analysis.Curves;

/// <summary>The empirical distribution function of losses: which share of the finished trials is at least so good.</summary>
public static class EmpiricalDistribution
{
    /// <summary>Computes the distribution.</summary>
    /// <param name="losses">Losses of finished trials; one that is not finite counts as worse than all others.</param>
    /// <returns>One step for each different finite loss in ascending order; the last share is below 1 when trials failed.</returns>
    public static ValueArray<DistributionStep> Of(IEnumerable<double> losses)
    {
        var all = losses.ToArray();
        var steps = ImmutableArray.CreateBuilder<DistributionStep>();
        var count = 0;
        foreach (var group in all.Where(double.IsFinite).Order().GroupBy(loss => loss))
        {
            count += group.Count();
            steps.Add(new(group.Key, (double)count / all.Length));
        }

        return new(steps.DrainToImmutable());
    }
}

/// <summary>One step of a distribution.</summary>
/// <param name="Loss">Finite; smaller is better.</param>
/// <param name="Share">Share of the trials that are at least as good, from 0 to 1.</param>
public sealed record DistributionStep(double Loss, double Share);
