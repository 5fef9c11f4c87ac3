namespace SearchCluster.Models.Tasks;

/// <summary>Scores of images by their pixels, image by image.</summary>
internal static class MaskScores
{
    /// <summary>Scores images.</summary>
    /// <param name="answers">Answered class of each pixel.</param>
    /// <param name="truths">True class of each pixel; negative for void.</param>
    /// <param name="losses">Loss of each pixel; 0 for void.</param>
    /// <param name="images">How many images.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>Loss and accuracy, weighted by pixels that have a class, and the image's mean intersection over union.</returns>
    /// <remarks>The union is over classes that occur in the truth or the answer; an image without any class
    /// scores 1 with weight 0.</remarks>
    public static RowScore[] Of(long[] answers, long[] truths, double[] losses, int images, int classes)
    {
        var pixels = truths.Length / images;
        var (loss, accuracy, union, weights) = (new double[images], new double[images], new double[images], new double[images]);
        for (var image = 0; image < images; image++)
        {
            var counts = new double[classes * classes];
            for (var i = image * pixels; i < (image + 1) * pixels; i++)
            {
                if (truths[i] >= 0)
                {
                    counts[(truths[i] * classes) + answers[i]]++;
                    loss[image] += losses[i];
                }
            }

            var known = counts.Sum();
            var confusion = new ConfusionMatrix(counts, classes);
            weights[image] = known;
            (loss[image], accuracy[image], union[image]) = known == 0
                ? (0, 1, 1)
                : (loss[image] / known, confusion.Accuracy, confusion.Macro(confusion.IntersectionOverUnion));
        }

        // Where no pixel of any image has a class, nothing is known: all images are alike.
        weights = weights.All(weight => weight == 0) ? [.. weights.Select(_ => 1.0)] : weights;
        return [
            RowScore.Of("loss", loss, weights),
            RowScore.Of("accuracy", accuracy, weights),
            RowScore.Of("imageIou", union, [.. weights.Select(weight => weight > 0 ? 1.0 : 0)]),
        ];
    }
}
