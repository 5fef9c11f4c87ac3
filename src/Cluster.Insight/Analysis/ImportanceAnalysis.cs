using SearchCluster.Search.Analysis;
using SearchCluster.Search.Analysis.Forests;
using SearchCluster.Search.Analysis.Importance;

namespace SearchCluster.Insight.Analysis;

/// <summary>Importance of the parameters of a search by one method, and which values its best trials have.</summary>
/// <param name="Method"><c>fanova</c> or <c>ped-anova</c>.</param>
/// <param name="Report">The shares.</param>
/// <param name="Trials">How many trials were used.</param>
/// <param name="LeftOut">How many finished trials were not.</param>
/// <param name="ExplainedShare">For fanova: how much of the variance the forest explains for trials that it has not seen.</param>
/// <param name="BestTrials">How many trials count as the best.</param>
/// <param name="Best">Their values.</param>
public sealed record ImportanceAnalysis(
    string Method, ImportanceReport Report, int Trials, int LeftOut, double? ExplainedShare, int BestTrials, ValueArray<BestRegion> Best)
{
    public const string Fanova = "fanova";
    public const string PedAnova = "ped-anova";

    /// <summary>Below this share the numbers are mostly noise.</summary>
    private const double LittleExplained = 0.2;

    private static readonly PedAnovaOptions Options = PedAnovaOptions.Default;

    /// <summary>True when the forest predicts little, so that its shares mean little.</summary>
    public bool IsDoubtful => ExplainedShare < LittleExplained;

    public static ImportanceAnalysis Of(SearchData data, string method, bool withPairs = false)
    {
        var sample = data.Sample();
        var best = Math.Min(sample.Count, Math.Max(Options.FewestBest, (int)Math.Ceiling(Options.TopShare * sample.Count)));
        var forest = method == Fanova ? RandomForest.Fit(sample, RandomForestOptions.Default, data.Spec.Seed) : null;
        var report = forest is null
            ? Search.Analysis.Importance.PedAnova.Compute(sample, Options, data.Spec.Seed)
            : FunctionalAnova.Compute(forest, withPairs);
        return new(
            method,
            report,
            sample.Count,
            data.Finished.Count - sample.Count,
            forest?.ExplainedShare,
            best,
            BestRegion.Of(sample, best));
    }

    /// <summary>The best trials' values of a parameter.</summary>
    public BestRegion BestOf(string parameter) => Best.First(region => region.Parameter == parameter);
}
