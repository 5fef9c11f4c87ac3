using SearchCluster.Contracts.Workloads.Options.Groups;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;

namespace SearchCluster.Models.Workloads.Encoders;

/// <summary>Sizes of an encoder's layers, which its decoder mirrors.</summary>
/// <param name="IsConvolutional">Convolutions that halve the image each, or dense layers.</param>
/// <param name="Channels">Channels before, between and after the convolutions; units of the dense layers.</param>
/// <param name="Heights">Height of the image at each of them; empty for dense layers.</param>
/// <param name="Widths">Width likewise.</param>
/// <param name="Latent">Numbers of the code.</param>
internal sealed record EncoderShape(bool IsConvolutional, long[] Channels, long[] Heights, long[] Widths, long Latent)
{
    /// <summary>Numbers that the last hidden layer gives.</summary>
    public long Features => IsConvolutional ? Channels[^1] * Heights[^1] * Widths[^1] : Channels[^1];

    public static EncoderShape Of(EncoderOptions options, DataShape shape)
    {
        if (shape.Symbols is not null)
        {
            throw new WorkloadConfigurationException(
                "An encoder reads numbers, but the data are the characters of a text; use lstm or transformer.");
        }

        var (layers, size, latent) = (options.EncoderLayers, (long)options.EncoderSize, (long)options.LatentSize);
        if (options.Encoder != EncoderKind.Convolution)
        {
            return new(false, [shape.InputSize, .. Enumerable.Repeat(size, layers)], [], [], latent);
        }

        if (shape.Input.Count != 3)
        {
            throw new WorkloadConfigurationException(
                $"An encoder of convolutions needs images, but the data are {shape.Describe()}; use encoder: dense, or give data.images.");
        }

        long Halved(long pixels, int times) => times == 0 ? pixels : Halved((pixels + 1) / 2, times - 1);
        long[] Sizes(long pixels) => [.. Enumerable.Range(0, layers + 1).Select(layer => Halved(pixels, layer))];
        return new(
            true,
            [shape.Input[0], .. Enumerable.Range(0, layers).Select(layer => size << layer)],
            Sizes(shape.Input[1]),
            Sizes(shape.Input[2]),
            latent);
    }
}
