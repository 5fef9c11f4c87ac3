using SearchCluster.Artifacts;
using SearchCluster.Models.Data.Images;

namespace SearchCluster.Models.Ensembles.Predictors;

/// <summary>Masks of a model that gives each pixel a class.</summary>
public static class MaskPredictions
{
    // Probabilities at once: eight bytes each.
    private const long NumbersAtOnce = 1 << 23;

    /// <summary>Predicts the masks of images, some at a time.</summary>
    /// <param name="model">A model of masks.</param>
    /// <param name="images">Images of the size that the model expects.</param>
    /// <param name="fit">How they were fitted: what was scaled is scaled back to the size of its file.</param>
    /// <returns>One mask for each image, in their order; computed while they are read.</returns>
    /// <exception cref="ArtifactException">SC4120: the model expects other images.</exception>
    public static IEnumerable<ImageMask> Of(IPredictor model, ImageRows images, ImageFit? fit = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        return Enumerate(model, images, fit);
    }

    private static IEnumerable<ImageMask> Enumerate(IPredictor model, ImageRows images, ImageFit? fit)
    {
        var (height, width) = ((int)model.Shape.Input[1], (int)model.Shape.Input[2]);
        var pixels = height * width;
        var size = (int)Math.Max(1, NumbersAtOnce / ((long)pixels * model.ClassLabels.Count));
        for (var start = 0; start < images.Count; start += size)
        {
            var slice = images.Slice(start, Math.Min(size, images.Count - start));
            var probabilities = model.Predict(slice);
            for (var i = 0; i < slice.Count; i++)
            {
                var mask = new ImageMask(
                    slice.Names[i],
                    height,
                    width,
                    Enumerable.Range(i * pixels, pixels).Select(pixel => (short)Voting.BestClass(probabilities, pixel)).ToValueArray());
                yield return fit == ImageFit.Resize && images.FileSizes is { } sizes
                    ? mask.Resize(sizes[start + i].Height, sizes[start + i].Width)
                    : mask;
            }
        }
    }
}
