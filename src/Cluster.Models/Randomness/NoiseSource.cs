using static TorchSharp.torch;

namespace SearchCluster.Models.Randomness;

/// <summary>The random numbers of one trial's training: dropout, sampling, augmentation. Every epoch starts a stream of its own, so a
/// resumed trial draws the same ones.</summary>
/// <remarks>libtorch's global generator is shared by the trials of all threads, so nothing may draw from it.</remarks>
public sealed class NoiseSource : IDisposable
{
    private readonly ulong _seed;
    private readonly Generator _generator;

    /// <summary>Opens the source.</summary>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="device">Where the numbers are drawn.</param>
    public NoiseSource(ulong seed, Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        (_seed, Device) = (seed, device);
        _generator = new Generator(0, device);
        Restart(0);
    }

    /// <summary>Where the numbers are drawn.</summary>
    public Device Device { get; }

    /// <summary>True while predictions are sampled: dropout layers then drop outside training too.</summary>
    public bool IsSampling { get; private set; }

    /// <summary>Starts the stream of an epoch.</summary>
    /// <param name="epoch">From 1; 0 for predictions.</param>
    public void Restart(int epoch) => _generator.manual_seed(unchecked((long)SeedSequence.For(_seed, StreamPurpose.Dropout, epoch)));

    /// <summary>Samples predictions until the result is disposed, from the stream of predictions.</summary>
    /// <returns>Ends the sampling.</returns>
    internal IDisposable Sample()
    {
        Restart(0);
        IsSampling = true;
        return new Sampling(this);
    }

    /// <summary>Draws numbers that are uniform on [0, 1).</summary>
    /// <param name="shape">Sizes.</param>
    /// <returns>Float32.</returns>
    public Tensor Uniform(params long[] shape) => rand(shape, float32, Device, generator: _generator);

    /// <summary>Draws numbers with mean 0 and deviation 1.</summary>
    /// <param name="shape">Sizes.</param>
    /// <returns>Float32.</returns>
    public Tensor Normal(params long[] shape) => randn(shape, float32, Device, generator: _generator);

    /// <inheritdoc />
    public void Dispose() => _generator.Dispose();

    private sealed class Sampling(NoiseSource source) : IDisposable
    {
        public void Dispose() => source.IsSampling = false;
    }
}
