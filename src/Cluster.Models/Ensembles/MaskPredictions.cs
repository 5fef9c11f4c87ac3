using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Tasks;

namespace SearchCluster.Models.Ensembles;

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
    /// <exception cref="Artifacts.ArtifactException">SC4120: the model expects other images.</exception>
    public static IEnumerable<ImageMask> Of(IPredictor model, ImageRows images, ImageFit? fit = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        return Enumerate(model, images, fit);
    }

    /// <summary>Compares the masks of images with the truth.</summary>
    /// <param name="model">A model of masks.</param>
    /// <param name="images">Images with their targets.</param>
    /// <returns>How often each true class was answered by each; void pixels are not counted.</returns>
    /// <exception cref="DataException">SC3009: a target has a class that the model does not know.</exception>
    public static ConfusionMatrix Evaluate(IPredictor model, ImageRows images)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        var truth = images.Masks ?? throw new DataException("SC3009", "The images have no targets; give a folder with images and targets.");
        var classes = truth.Labels.Select(label => model.ClassLabels.IndexOf(label) is >= 0 and var known
            ? known
            : throw new DataException("SC3009", $"The targets have the colour {DisplayText.Shorten(label)}, which the model does not know; it knows {string.Join(", ", model.ClassLabels)}.")).ToArray();
        var counts = new double[model.ClassLabels.Count * model.ClassLabels.Count];
        var (first, pixels) = (0, (int)(model.Shape.Input[1] * model.Shape.Input[2]));
        var all = truth.ToSpan();
        foreach (var mask in Enumerate(model, images, fit: null))
        {
            var known = all.Slice(first, pixels);
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                if (known[pixel] >= 0)
                {
                    counts[(classes[known[pixel]] * model.ClassLabels.Count) + mask.Classes[pixel]]++;
                }
            }

            first += pixels;
        }

        return new(counts, model.ClassLabels.Count);
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
                var mask = new ImageMask(slice.Names[i], height, width, Enumerable.Range(i * pixels, pixels).Select(pixel => (short)Voting.BestClass(probabilities, pixel)).ToValueArray());
                yield return fit == ImageFit.Resize && images.FileSizes is { } sizes ? mask.Resize(sizes[start + i].Height, sizes[start + i].Width) : mask;
            }
        }
    }
}
