namespace SearchCluster.Search.Scheduling.Bandit;

/// <summary>How much worse than the best a trial may be.</summary>
/// <remarks>
/// On minimised losses, so that both directions are one rule: for the best loss b and the factor f the cutoff is b (1 + f) where b is above
/// 0, and b / (1 + f) elsewhere. So of values that are to be small, one may be 1 + f times as large as the best; of values that are to be
/// large, the best may be 1 + f times as large as one; negative values are what they mirror. A best value of 0 has no share: by the factor
/// alone, whatever is worse stops. With an amount a the cutoff is b + a, and the looser one where both are given.
/// </remarks>
internal static class Slack
{
    private const double StandardFactor = 0.1;

    /// <summary>Finds the worst loss that may go on.</summary>
    /// <param name="options">The slacks.</param>
    /// <param name="best">The best loss, possibly infinite.</param>
    /// <returns>The cutoff, at least the best loss.</returns>
    public static double Cutoff(BanditOptions options, double best)
    {
        var factor = 1 + (options.SlackFactor ?? (options.SlackAmount is null ? StandardFactor : 0));
        return Math.Max(best > 0 ? best * factor : best / factor, best + (options.SlackAmount ?? 0));
    }
}
