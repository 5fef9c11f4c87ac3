using SearchCluster.Search.Sampling.GaussianProcess;
using SearchCluster.Search.Sampling.Random;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

[Trait("Category", "Convergence")]
public sealed class GaussianProcessConvergenceTests
{
    private const int Trials = 30;
    private static readonly ulong[] Seeds = [1, 2, 3];

    [Fact]
    public void Finds_the_bottom_of_a_tilted_valley_a_hundred_times_closer_than_random() =>
        Compare(
            new SearchSpace([new("x", new RealDomain(-2, 2)), new("y", new RealDomain(-2, 2))]),
            values => Math.Pow(Number(values, "x") + Number(values, "y") - 1, 2) + (0.2 * Math.Pow(Number(values, "x") - 0.3, 2)),
            factor: 0.01);

    [Fact]
    public void Finds_the_right_branch_of_a_conditional_space_closer_than_random() =>
        Compare(
            new SearchSpace(
            [
                new("rate", new RealDomain(1e-5, 1, IsLog: true)),
                new("layers", new IntegerDomain(1, 9)),
                new("kind", new ItemDomain([ParameterValue.Text("a"), ParameterValue.Text("b"), ParameterValue.Text("c")])),
                new("momentum", new RealDomain(0, 1), When: [new("kind", new OneOfTest([ParameterValue.Text("b")]))]),
            ]),
            values => Math.Pow(Math.Log10(Number(values, "rate")) + 2, 2) + (0.1 * Math.Pow(Number(values, "layers") - 4, 2))
                + (values.TryGet("momentum", out _) ? Math.Pow(Number(values, "momentum") - 0.8, 2) : 0.5),
            factor: 0.5);

    private static void Compare(SearchSpace space, Func<ParameterValues, double> loss, double factor)
    {
        var model = Seeds.Select(seed => Best(space, loss, seed, new GaussianProcessSampler(space))).Order().ToArray();
        var random = Seeds.Select(seed => Best(space, loss, seed, new RandomSampler(space))).Order().ToArray();

        model[Seeds.Length / 2].ShouldBeLessThan(
            factor * random[Seeds.Length / 2], $"gp: {string.Join(", ", model)}; random: {string.Join(", ", random)}");
    }

    private static double Best(SearchSpace space, Func<ParameterValues, double> loss, ulong seed, ISampler sampler)
    {
        var search = new PlayedSearch(SampleSpaces.Spec("mixed") with { Space = space, Seed = seed }, sampler);
        var best = double.PositiveInfinity;
        for (var i = 0; i < Trials; i++)
        {
            var trial = search.Ask();
            var value = loss(trial.Values);
            best = Math.Min(best, value);
            search.Tell(trial.Id, value);
        }

        return best;
    }

    private static double Number(ParameterValues values, string name) =>
        values.TryGet(name, out var value) && value.TryGetNumber(out var number)
            ? number
            : throw new InvalidOperationException($"{name} is missing.");
}
