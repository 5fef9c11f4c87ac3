using SearchCluster.Search.Analysis;

namespace SearchCluster.Search.Tests.Analysis;

/// <summary>Finished trials whose losses follow a known function.</summary>
internal static class Samples
{
    /// <summary>So many numbers between 0 and 1.</summary>
    public static SearchSpace Cube(int dimensions) =>
        new([.. Enumerable.Range(0, dimensions).Select(i => new ParameterSpec($"x{i + 1}", new RealDomain(0, 1)))]);

    /// <summary>Uniform points with the losses of a function of the unit cube.</summary>
    public static AnalysisSample OfFunction(int dimensions, int count, Func<double[], double> function, ulong seed = 1)
    {
        var random = new RandomStream(seed);
        var trials = Enumerable.Range(0, count).Select(number =>
        {
            var point = Enumerable.Range(0, dimensions).Select(_ => random.NextDouble()).ToArray();
            return Trial(number, function(point), [.. point.Select((place, i) => ($"x{i + 1}", ParameterValue.Real(place)))]);
        });
        return Create(Cube(dimensions), trials);
    }

    public static EvaluatedTrial Trial(int number, double loss, params (string Name, ParameterValue Value)[] values) =>
        new(new TrialId(number), new ParameterValues(values.Select(value => KeyValuePair.Create(value.Name, value.Value))), loss);

    public static AnalysisSample Create(SearchSpace space, IEnumerable<EvaluatedTrial> trials)
    {
        AnalysisSample.TryCreate(space, trials, out var sample, out var refusal).ShouldBeTrue(refusal);
        return sample!;
    }

    public static ItemDomain Items(params string[] items) => new([.. items.Select(ParameterValue.Text)]);
}
