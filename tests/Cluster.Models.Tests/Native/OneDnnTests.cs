using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Native;

/// <summary>Recurrent layers compute what their equations say, whichever code the processor makes libtorch choose.</summary>
public sealed class OneDnnTests
{
    [Theory]
    [InlineData(12, 16, 1, 16)]
    [InlineData(12, 189, 1, 16)]
    [InlineData(28, 64, 28, 128)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(7, 3, 5, 33)]
    public void An_lstm_and_its_gradients_are_right(int steps, int batch, int inputs, int hidden)
    {
        TorchRuntime.Initialize();

        OneDnn.Difference(steps, batch, inputs, hidden).ShouldBeLessThan(1e-4 * steps * batch);
    }

    [Fact]
    public void Looking_draws_nothing_from_the_generator()
    {
        TorchRuntime.Initialize();
        using var before = TorchSharp.torch.get_rng_state();

        OneDnn.Computes().ShouldBeTrue();

        using var after = TorchSharp.torch.get_rng_state();
        before.Equals(after).ShouldBeTrue();
    }
}
