using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Segmentation;

/// <summary>The half of a segmentation network that makes an image smaller and smaller.</summary>
/// <param name="name">Name of the module.</param>
internal abstract class SegmentationEncoder(string name) : nn.Module(name)
{
    private bool _isFrozen;

    /// <summary>Channels at full size, half of it, and so on; 0 at full size where there is no answer of that size.</summary>
    public abstract IReadOnlyList<long> Channels { get; }

    /// <summary>Encodes images.</summary>
    /// <param name="input">Shape [rows, channels, height, width].</param>
    /// <returns>One answer for each entry of <see cref="Channels"/>; null where that is 0.</returns>
    public abstract IReadOnlyList<Tensor?> Encode(Tensor input);

    /// <summary>Its weights, and the means of its normalisations, stay as they are.</summary>
    public void Freeze()
    {
        _isFrozen = true;
        Array.ForEach(parameters().ToArray(), parameter => parameter.requires_grad = false);
    }

    // The means of a frozen normalisation are part of what it learned.
    public override void train(bool on = true) => base.train(on && !_isFrozen);
}
