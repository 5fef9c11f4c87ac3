namespace SearchCluster.Search.Benchmarks.Functions;

/// <summary>A minimisation problem with a known optimum.</summary>
/// <param name="Name">As the options and the tables write it.</param>
/// <param name="Space">What is searched.</param>
/// <param name="Optimum">The lowest value there is.</param>
/// <param name="RandomRegret">Median simple regret of random search after 100 trials (R100); null to measure it.</param>
/// <param name="Evaluate">The noiseless function.</param>
/// <param name="Noise">Standard deviation of the noise on what a sampler is told.</param>
internal sealed record TestProblem(
    string Name,
    SearchSpace Space,
    double Optimum,
    double? RandomRegret,
    Func<ParameterValues, double> Evaluate,
    double Noise = 0)
{
    public static TestProblem Box(
        string name, double min, double max, int dimensions, double optimum, double? randomRegret, Func<double[], double> function) =>
        Box(name, [.. Enumerable.Repeat((min, max), dimensions)], optimum, randomRegret, function);

    public static TestProblem Box(
        string name, (double Min, double Max)[] bounds, double optimum, double? randomRegret, Func<double[], double> function) => new(
        name,
        new SearchSpace([.. bounds.Select((bound, i) => new ParameterSpec($"x{i}", new RealDomain(bound.Min, bound.Max)))]),
        optimum,
        randomRegret,
        values => function([.. Enumerable.Range(0, bounds.Length).Select(i => Number(values, $"x{i}"))]));

    public static double Number(ParameterValues values, string name) =>
        values.TryGet(name, out var value) && value.TryGetNumber(out var number)
            ? number
            : throw new InvalidOperationException($"{name} is not a number of the configuration.");

    public static string Text(ParameterValues values, string name) =>
        values.TryGet(name, out var value) ? value.ToString() : throw new InvalidOperationException($"{name} is not in the configuration.");

    public static ParameterValue[] Words(params string[] words) => [.. words.Select(ParameterValue.Text)];
}
