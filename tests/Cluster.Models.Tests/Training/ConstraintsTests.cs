using SearchCluster.Models.Native;
using SearchCluster.Models.Training.Steps;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Training;

public sealed class ConstraintsTests
{
    public ConstraintsTests() => TorchRuntime.Initialize();

    [Fact]
    public void Gradients_are_shortened_together()
    {
        using var first = tensor(new float[] { 3, 0 });
        using var second = tensor(new float[] { 4 });

        Constraints.Clip([first, second], 1);

        first.data<float>().ToArray()[0].ShouldBe(0.6f, 1e-5f);
        second.item<float>().ShouldBe(0.8f, 1e-5f);
        Constraints.Clip([first, second], 10);
        second.item<float>().ShouldBe(0.8f, 1e-5f);
    }

    [Fact]
    public void Long_units_are_shortened_and_short_ones_and_biases_stay()
    {
        using var weights = tensor(new float[,] { { 3, 4 }, { 0.3f, 0.4f } });
        using var bias = tensor(new float[] { 9 });

        Constraints.LimitNorms([weights, bias], 1);

        weights.data<float>().ToArray().Zip([0.6f, 0.8f, 0.3f, 0.4f]).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
        bias.item<float>().ShouldBe(9);
    }
}
