using SearchCluster.Models.Native;
using SearchCluster.Models.Randomness;
using static TorchSharp.torch;

namespace SearchCluster.Models.Networks;

/// <summary>Sets numbers, or whole channels, to 0 at random in training, and scales the others so that the mean stays.</summary>
/// <remarks>
/// Source: Srivastava et al., "Dropout", JMLR 2014; whole channels (spatial dropout): Tompson et al.,
/// "Efficient Object Localization Using Convolutional Networks", CVPR 2015, section 3.2. Masks come from the trial's own noise:
/// TorchSharp's Dropout draws from the global generator.
/// </remarks>
public sealed class DropoutLayer : nn.Module<Tensor, Tensor>
{
    private readonly double _rate;
    private readonly NoiseSource _noise;
    private readonly bool _isSpatial;

    /// <summary>Makes the layer.</summary>
    /// <param name="rate">Probability of a zero, from 0 to below 1; 0 does nothing.</param>
    /// <param name="noise">The trial's noise.</param>
    /// <param name="isSpatial">True to drop whole channels of shape [rows, channels, …].</param>
    public DropoutLayer(double rate, NoiseSource noise, bool isSpatial = false)
        : base(nameof(DropoutLayer)) => (_rate, _noise, _isSpatial) = (rate, noise, isSpatial);

    /// <inheritdoc />
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (_rate == 0 || !(training || _noise.IsSampling))
        {
            return input;
        }

        var shape = input.shape;
        if (_isSpatial)
        {
            Array.Fill(shape, 1, 2, shape.Length - 2);
        }

        return input.mul(_noise.Uniform(shape).ge(Scalars.Of(_rate)).to(float32).div(Scalars.Of(1 - _rate)));
    }
}
