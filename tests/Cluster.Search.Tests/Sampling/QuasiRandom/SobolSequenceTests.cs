using SearchCluster.Search.Sampling.QuasiRandom;

namespace SearchCluster.Search.Tests.Sampling.QuasiRandom;

public sealed class SobolSequenceTests
{
    private const double Scale = 1.0 / (1L << 32);

    // Printed by scipy 1.10.1: scipy.stats.qmc.Sobol(256, scramble=False, bits=32).random(1024), rows as named, columns 1 to 10.
    public static TheoryData<int, double[]> FirstTenDimensions { get; } = new()
    {
        { 0, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
        { 1, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5] },
        { 2, [0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75, 0.75, 0.75] },
        { 3, [0.25, 0.75, 0.75, 0.75, 0.25, 0.25, 0.75, 0.25, 0.25, 0.25] },
        { 4, [0.375, 0.375, 0.625, 0.875, 0.375, 0.125, 0.375, 0.875, 0.875, 0.625] },
        { 7, [0.125, 0.625, 0.375, 0.125, 0.125, 0.375, 0.625, 0.625, 0.625, 0.875] },
        { 8, [0.1875, 0.3125, 0.9375, 0.4375, 0.5625, 0.3125, 0.4375, 0.9375, 0.9375, 0.3125] },
        { 100, [0.4140625, 0.2578125, 0.7734375, 0.7265625, 0.8828125, 0.7421875, 0.0234375, 0.4765625, 0.6328125, 0.6953125] },
        { 1000, [
            0.2197265625,
            0.0966796875,
            0.5185546875,
            0.6767578125,
            0.2802734375,
            0.9072265625,
            0.0458984375,
            0.8994140625,
            0.5009765625,
            0.0693359375,
        ] },
    };

    // The same table, columns 11, 50, 100, 200 and 256.
    public static TheoryData<int, double[]> LaterDimensions { get; } = new()
    {
        { 5, [0.375, 0.875, 0.375, 0.375, 0.875] },
        { 77, [0.1328125, 0.1796875, 0.8671875, 0.2421875, 0.9609375] },
        { 500, [0.654296875, 0.326171875, 0.861328125, 0.833984375, 0.001953125] },
        { 1023, [0.6787109375, 0.8232421875, 0.5302734375, 0.1865234375, 0.8427734375] },
    };

    [Theory]
    [MemberData(nameof(FirstTenDimensions))]
    public void Equals_the_reference_in_the_first_ten_dimensions(int number, double[] expected)
    {
        Enumerable.Range(0, 10).Select(dimension => At(number, dimension)).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(LaterDimensions))]
    public void Equals_the_reference_in_later_dimensions(int number, double[] expected)
    {
        new[] { 10, 49, 99, 199, 255 }.Select(dimension => At(number, dimension)).ShouldBe(expected);
    }

    [Fact]
    public void Hits_each_interval_once_in_every_dimension()
    {
        foreach (var dimension in Enumerable.Range(0, JoeKuoNumbers.Dimensions))
        {
            Enumerable.Range(0, 1024)
                .Select(number => (int)(At(number, dimension) * 1024))
                .Distinct()
                .Count()
                .ShouldBe(1024, $"dimension {dimension}");
        }
    }

    // Sobol's property A of the first six dimensions, which the numbers of Joe and Kuo have: one of any 2^6 points in each half-cube.
    [Fact]
    public void Hits_each_half_cube_of_the_first_six_dimensions_once()
    {
        Enumerable.Range(64, 64)
            .Select(number => string.Concat(Enumerable.Range(0, 6).Select(dimension => At(number, dimension) < 0.5 ? '0' : '1')))
            .Distinct().Count().ShouldBe(64);
    }

    private static double At(int number, int dimension) => SobolSequence.At(SobolSequence.GrayCode((uint)number), dimension) * Scale;
}
