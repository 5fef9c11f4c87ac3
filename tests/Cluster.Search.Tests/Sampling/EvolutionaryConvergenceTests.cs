using System.Globalization;
using SearchCluster.Search.Analysis.Pareto;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling;

[Trait("Category", "Convergence")]
public sealed class EvolutionaryConvergenceTests
{
    private const int Seeds = 12;

    private static readonly SearchSpec Numbers = Spec(
        new([.. Enumerable.Range(0, 5).Select(i => new ParameterSpec($"x{i}", new RealDomain(-4, 6)))]));

    private static readonly SearchSpec Mixed = Spec(new(
    [
        new("rate", new RealDomain(1e-6, 1, IsLog: true)),
        new("layers", new IntegerDomain(1, 12)),
        new("kind", new ItemDomain([.. "abcd".Select(letter => ParameterValue.Text(letter.ToString()))])),
        new("momentum", new RealDomain(0, 1), When: [new("kind", new OneOfTest([ParameterValue.Text("c")]))]),
    ]));

    private static readonly SearchSpec TwoObjectives = Spec(
        new([.. Enumerable.Range(0, 6).Select(i => new ParameterSpec($"x{i}", new RealDomain(0, 1)))])) with
    {
        Objectives = [new("value", Direction.Minimize), new("value2", Direction.Minimize)],
    };

    [Theory]
    [InlineData("cmaes", 0.2)]
    [InlineData("evolution", 0.7)]
    [InlineData("differential-evolution", 0.5)]
    [InlineData("nsga2", 0.8)]
    public void Finds_lower_values_of_a_rotated_ellipsoid_than_random_search(string algorithm, double factor) =>
        ShouldBeLower(algorithm, Best(Numbers, algorithm, Ellipsoid), Best(Numbers, "random", Ellipsoid), factor);

    [Theory]
    [InlineData("cmaes", 0.7)]
    [InlineData("evolution", 0.6)]
    [InlineData("differential-evolution", 0.7)]
    [InlineData("nsga2", 0.8)]
    public void Finds_lower_values_of_a_mixed_conditional_problem_than_random_search(string algorithm, double factor) =>
        ShouldBeLower(algorithm, Best(Mixed, algorithm, Tuning), Best(Mixed, "random", Tuning), factor);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nsga2_leaves_less_volume_above_the_front_than_random_search(bool isSplit) =>
        ShouldBeLower("nsga2", Missing("nsga2", isSplit), Missing("random", isSplit), 0.8);

    private static SearchSpec Spec(SearchSpace space) => SampleSpaces.Spec("mixed") with { Space = space, Budget = new(200) };

    private static double[] Best(SearchSpec spec, string algorithm, Func<ParameterValues, double> function) =>
        Runs(spec, algorithm, (search, trials) =>
        {
            var best = double.PositiveInfinity;
            for (var i = 0; i < trials; i++)
            {
                var trial = search.Ask();
                var value = function(trial.Values);
                best = Math.Min(best, value);
                search.Tell(trial.Id, value);
            }

            return best;
        });

    // The box up to (1, 7) without the volume of the front: smaller is better.
    private static double[] Missing(string algorithm, bool isSplit) => Runs(TwoObjectives, algorithm, (search, trials) =>
    {
        var losses = new List<double[]>();
        for (var i = 0; i < trials; i++)
        {
            var trial = search.Ask();
            losses.Add(Zdt(trial.Values, isSplit));
            search.Tell(trial.Id, new ValueMap<double>([new("value", losses[^1][0]), new("value2", losses[^1][1])]));
        }

        return 7 - Hypervolume.Of(losses, [1, 7]);
    });

    private static double[] Runs(SearchSpec spec, string algorithm, Func<PlayedSearch, int, double> run) =>
        [.. Enumerable.Range(0, Seeds).Select(seed =>
        {
            var seeded = spec with { Seed = (ulong)seed, Algorithm = new(algorithm, ParameterValues.Empty) };
            return run(new PlayedSearch(seeded, SamplerCatalog.Create(seeded)), spec.Budget.Trials!.Value);
        })];

    private static void ShouldBeLower(string algorithm, double[] values, double[] random, double factor)
    {
        string Text(double[] sample) => string.Join(" ", sample.Order().Select(v => v.ToString("G3", CultureInfo.InvariantCulture)));
        Median(values).ShouldBeLessThan(factor * Median(random), $"{algorithm}: {Text(values)}; random: {Text(random)}");
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double Number(ParameterValues values, string name) =>
        values.TryGet(name, out var value) && value.TryGetNumber(out var number)
            ? number
            : throw new InvalidOperationException($"{name} is not in the configuration.");

    private static double Ellipsoid(ParameterValues values)
    {
        var x = Enumerable.Range(0, 5).Select(i => Number(values, $"x{i}") - 1.5).ToArray();
        return Enumerable.Range(0, 4).Sum(i => Math.Pow(x[i] + x[i + 1], 2) * (i + 1)) + x.Sum(v => 0.1 * v * v);
    }

    // Best with kind c, momentum 0.9, six layers and rate 1e-3.
    private static double Tuning(ParameterValues values)
    {
        var kind = values.Entries["kind"].ToString();
        var extra = kind == "c" ? Math.Abs(Number(values, "momentum") - 0.9) : kind == "a" ? 0.3 : 0.6;
        return Math.Abs(Math.Log10(Number(values, "rate")) + 3) + (0.1 * Math.Abs(Number(values, "layers") - 6)) + extra;
    }

    private static double[] Zdt(ParameterValues values, bool isSplit)
    {
        var x = Number(values, "x0");
        var g = 1 + (9 * Enumerable.Range(1, 5).Sum(i => Number(values, $"x{i}")) / 5);
        return [x, g * (1 - Math.Sqrt(x / g) - (isSplit ? x / g * Math.Sin(10 * Math.PI * x) : 0))];
    }
}
