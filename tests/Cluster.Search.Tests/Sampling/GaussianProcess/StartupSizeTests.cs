using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.GaussianProcess;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class StartupSizeTests
{
    [Theory]
    [InlineData(1, 6)]
    [InlineData(4, 8)]
    [InlineData(6, 12)]
    [InlineData(50, 12)]
    public void Is_twice_the_parameters_that_vary_from_6_to_12(int parameters, int expected)
    {
        var varying = Enumerable.Range(0, parameters).Select(i => new ParameterSpec($"x{i}", new RealDomain(0, 1)));

        StartupSize.Of(new SpaceEncoding(new SearchSpace([.. varying, new ParameterSpec("one", new IntegerDomain(3, 3))])))
            .ShouldBe(expected);
    }
}
