using SearchCluster.Models.Native;
using SearchCluster.Models.Networks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Networks;

public sealed class BatchNormLayerTests
{
    public BatchNormLayerTests() => TorchRuntime.Initialize();

    [Fact]
    public void It_has_the_state_and_gives_the_numbers_of_the_library_s_own()
    {
        using var scope = NewDisposeScope();
        using var theirs = nn.BatchNorm2d(3);
        using var ours = new BatchNormLayer(3, CPU);
        ours.state_dict().Select(entry => (entry.Key, string.Join(',', entry.Value.shape), entry.Value.dtype))
            .ShouldBe(
                theirs.state_dict().Select(entry => (entry.Key, string.Join(',', entry.Value.shape), entry.Value.dtype)),
                ignoreOrder: true);

        for (var batch = 0; batch < 3; batch++)
        {
            var input = (arange(2 * 3 * 4 * 4, float32).reshape(2, 3, 4, 4) * (batch + 1)).sin();
            Numbers(ours.forward(input)).ShouldBe(Numbers(theirs.forward(input)));
        }

        foreach (var (name, value) in theirs.state_dict())
        {
            Numbers(ours.state_dict()[name]).ShouldBe(Numbers(value), name);
        }

        ours.eval();
        theirs.eval();
        var unseen = arange(2 * 3 * 4 * 4, float32).reshape(2, 3, 4, 4).cos();
        Numbers(ours.forward(unseen)).ShouldBe(Numbers(theirs.forward(unseen)));
    }

    private static double[] Numbers(Tensor tensor) => tensor.detach().to(float64).flatten().data<double>().ToArray();
}
