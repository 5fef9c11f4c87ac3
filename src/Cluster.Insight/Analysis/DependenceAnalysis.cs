using SearchCluster.Search.Analysis;
using SearchCluster.Search.Analysis.Dependence;
using SearchCluster.Search.Analysis.Forests;

namespace SearchCluster.Insight.Analysis;

/// <summary>What to expect of each value of one parameter, in the objective's own direction.</summary>
/// <param name="Parameter">Which one, with its domain.</param>
/// <param name="Trials">How many trials were used.</param>
/// <param name="ExplainedShare">How much of the variance the forest explains for trials that it has not seen.</param>
/// <param name="Points">Values with the expected objective and its spread over the trees.</param>
public sealed record DependenceAnalysis(ParameterSpec Parameter, int Trials, double? ExplainedShare, IReadOnlyList<DependencePoint> Points)
{
    /// <summary>True when the values are numbers, so that a line may be drawn.</summary>
    public bool IsNumeric => Parameter.Domain is RealDomain or IntegerDomain && Points.Count > 1;

    /// <summary>True when the parameter is searched on a log scale.</summary>
    public bool IsLog => Parameter.Domain is RealDomain { IsLog: true } or IntegerDomain { IsLog: true };

    public static DependenceAnalysis Of(SearchData data, AnalysisSample sample, string parameter)
    {
        var axis = data.AxisOf(sample, parameter);
        var forest = RandomForest.Fit(sample, RandomForestOptions.Default, data.Spec.Seed);
        var points = PartialDependence.OfParameter(forest, axis).Select(point => point with { Mean = data.InDirection(point.Mean) });
        return new(data.Spec.Space.Parameters[axis], sample.Count, forest.ExplainedShare, [.. points]);
    }
}
