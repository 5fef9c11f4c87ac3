using SearchCluster.Search.Sampling.Tpe;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.Tpe;

[Trait("Category", "Convergence")]
public sealed class TpeConvergenceTests
{
    private const int Seeds = 9;
    private const int Trials = 60;

    private static readonly SearchSpace Space = new([
        new("lr", new RealDomain(1e-5, 1, IsLog: true)),
        new("width", new IntegerDomain(8, 512, IsLog: true)),
        new("drop", new RealDomain(0, 0.9, Step: 0.05)),
        new("optimizer", new ItemDomain([ParameterValue.Text("sgd"), ParameterValue.Text("adam"), ParameterValue.Text("lion")])),
        new("momentum", new RealDomain(0, 1), When: [new Condition("optimizer", new OneOfTest([ParameterValue.Text("sgd")]))])]);

    private static double Loss(ObservedTrial trial)
    {
        double Number(string name) => trial.Values.TryGet(name, out var value) && value.TryGetNumber(out var number) ? number : 0;
        trial.Values.TryGet("optimizer", out var optimizer);
        optimizer.TryGetText(out var name);
        var rest = name switch { "sgd" => Math.Pow(Number("momentum") - 0.8, 2), "adam" => 0.05, _ => 0.4 };
        return Math.Pow(Math.Log10(Number("lr")) + 3, 2) + Math.Pow(Math.Log2(Number("width")) - 7, 2) + (2 * Math.Pow(
            Number("drop") - 0.2, 2)) + rest;
    }

    private static double Best(Func<SearchSpec, ISampler> create, ulong seed)
    {
        var spec = SampleSpaces.Spec("mixed") with { Space = Space, Seed = seed, Algorithm = new("tpe", ParameterValues.Empty) };
        var search = new PlayedSearch(spec, create(spec));
        var best = double.PositiveInfinity;
        for (var i = 0; i < Trials; i++)
        {
            var trial = search.Ask();
            best = Math.Min(best, Loss(trial));
            search.Tell(trial.Id, Loss(trial));
        }

        return best;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Finds_a_better_configuration_than_random_search(bool isMultivariate)
    {
        double[] Run(Func<SearchSpec, ISampler> create) =>
            [.. Enumerable.Range(100, Seeds).Select(seed => Best(create, (ulong)seed)).Order()];
        var random = Run(spec => new SearchCluster.Search.Sampling.Random.RandomSampler(spec.Space));
        var tpe = Run(spec => new TpeSampler(spec, new TpeOptions { Multivariate = isMultivariate }));

        tpe[Seeds / 2].ShouldBeLessThan(0.5 * random[Seeds / 2], $"tpe: [{string.Join(", ", tpe)}], random: [{string.Join(", ", random)}]");
    }
}
