using SearchCluster.Models.Native;
using SearchCluster.Models.Networks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Networks;

public sealed class ConvolutionLayerTests
{
    public ConvolutionLayerTests() => TorchRuntime.Initialize();

    public static TheoryData<int, int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, int, int>();
            foreach (var (inputs, outputs) in new[]
            {
                (1, 6),
                (3, 16),
                (4, 4),
                (8, 8),
                (5, 16),
                (8, 16),
                (12, 20),
                (16, 8),
                (16, 10),
                (20, 20),
                (24, 24),
                (32, 32),
                (16, 2),
            })
            {
                shapes.Add(inputs, outputs, 3, 1);
            }

            shapes.Add(8, 16, 3, 2);
            shapes.Add(8, 16, 1, 2);
            shapes.Add(16, 3, 1, 1);
            shapes.Add(10, 12, 5, 1);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_lies_in_freed_memory_never_gets_into_outputs_or_gradients(int inputs, int outputs, int size, int stride)
    {
        for (var round = 0; round < 40; round++)
        {
            using var scope = NewDisposeScope();
            using var layer = new ConvolutionLayer(
                inputs, outputs, size, null, new InitialWeights((ulong)round, CPU), stride, hasBias: round % 2 == 0);
            var images = randn(round % 3 == 0 ? 15 : 32, inputs, 8, 8).requires_grad_();
            FillFreedMemory();
            var output = layer.forward(images);
            FillFreedMemory();
            var gradients = autograd.grad([output.square().sum()], [images, .. layer.parameters()]);

            output.isfinite().all().item<bool>().ShouldBeTrue();
            gradients.ShouldAllBe(gradient => gradient.isfinite().all().item<bool>());
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Outputs_and_gradients_are_those_of_the_definition(int inputs, int outputs, int size, int stride)
    {
        using var scope = NewDisposeScope();
        using var layer = new ConvolutionLayer(inputs, outputs, size, null, new InitialWeights(5, CPU), stride);
        var images = randn(3, inputs, 6, 7).requires_grad_();
        var weight = layer.get_parameter("weight")!;

        var output = layer.forward(images);

        // Every output is a scalar product of a patch with a kernel.
        var patches = nn.functional.unfold(images, (size, size), padding: (size / 2, size / 2), stride: (stride, stride));
        var expected = weight.reshape(outputs, -1).matmul(patches).reshape(output.shape);
        output.sub(expected).abs().max().item<float>().ShouldBeLessThan(1e-4f);
        var (actual, reference) = (autograd.grad([output.square().sum()], [images, weight], retain_graph: true), autograd.grad(
            [expected.square().sum()], [images, weight]));
        for (var i = 0; i < 2; i++)
        {
            actual[i].sub(reference[i]).abs().max().item<float>().ShouldBeLessThan(1e-4f * (1 + reference[i].abs().max().item<float>()));
        }
    }

    private static void FillFreedMemory()
    {
        for (var size = 6; size < 18; size++)
        {
            full([1 << size], double.NaN).Dispose();
        }
    }
}
