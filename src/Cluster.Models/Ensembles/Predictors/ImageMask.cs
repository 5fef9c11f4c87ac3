using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Data.Images.Targets;

namespace SearchCluster.Models.Ensembles.Predictors;

/// <summary>The class of each pixel of an image, as a model sees it.</summary>
/// <param name="Name">Name of the image.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Classes">Row-major, height × width: indices of class labels.</param>
public sealed record ImageMask(string Name, int Height, int Width, ValueArray<short> Classes)
{
    /// <summary>Writes the mask as a PNG in the form of the training targets: grey, entries of their palette, or colours.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="shape">Of the model.</param>
    public void WritePng(Stream stream, DataShape shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(shape);
        var form = shape.MaskForm ?? MaskForm.Of(shape.ClassLabels);
        var channels = MaskForm.ChannelsOf(form.Kind);
        var samples = new ushort[Classes.Count * channels];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (ushort)form.Samples[(Classes[i / channels] * channels) + (i % channels)];
        }

        PngWriter.Write(
            stream, form.Kind, form.Bits, (Height, Width), samples, form.Palette is { } palette ? Convert.FromHexString(palette) : []);
    }

    /// <summary>The nearest pixels: classes have no mean.</summary>
    internal ImageMask Resize(int height, int width) =>
        (height, width) == (Height, Width) ? this : new(Name, height, width, Enumerable.Range(0, height * width)
            .Select(i => Classes[(int)((i / width + 0.5) * Height / height) * Width + (int)((i % width + 0.5) * Width / width)])
            .ToValueArray());
}
