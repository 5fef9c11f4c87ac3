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

    [Theory]
    [InlineData(new long[] { 1, 3 })]
    [InlineData(new long[] { 1, 3, 1, 1 })]
    public void One_number_in_each_channel_is_normalised_by_the_running_means_and_leaves_them_as_they_are(long[] shape)
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNormLayer(3, CPU);
        layer.forward(arange(2 * 3 * 4, float32).reshape(2, 3, 4).sin());
        var known = layer.state_dict().ToDictionary(entry => entry.Key, entry => Numbers(entry.Value));
        var input = tensor(new[] { 0.5f, -1f, 2f }).reshape(shape);

        var output = Numbers(layer.forward(input));

        layer.state_dict().ShouldAllBe(entry => Numbers(entry.Value).SequenceEqual(known[entry.Key]));
        layer.eval();
        output.ShouldBe(Numbers(layer.forward(input)));
    }

    private static double[] Numbers(Tensor tensor) => tensor.detach().to(float64).flatten().data<double>().ToArray();
}
