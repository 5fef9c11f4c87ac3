namespace SearchCluster.Contracts.Metrics;

/// <summary>The metrics of the product: the one place that says which end of each is better.</summary>
public static class MetricCatalog
{
    private const string Share = "share", OfTheLoss = "of the loss", OfTheAnswer = "of the answer";
    private const string Deviation = ".sd";

    // Parts of the data that a metric is measured on; a name of the user's own may hold a slash too.
    private static readonly string[] Parts = ["train/", "val/", "test/", "oob/", "oof/"];

    /// <summary>All of them, by name.</summary>
    public static ValueArray<MetricDefinition> All { get; } =
    [
        new("accuracy", Direction.Maximize, Share, "Share of right answers, of rows or of pixels."),
        new("divergence", Direction.Minimize, "nats", "Divergence of the codes from the standard normal."),
        new("f1", Direction.Maximize, Share, "Harmonic mean of precision and recall, mean over the classes."),
        new("imageIou", Direction.Maximize, Share, "Intersection over union of each image, mean over the images."),
        new("iou", Direction.Maximize, Share, "Intersection over union of all pixels, mean over the classes."),
        new("loss", Direction.Minimize, OfTheLoss, "What training minimises, without penalties."),
        new("mae", Direction.Minimize, OfTheAnswer, "Mean absolute error."),
        new("mse", Direction.Minimize, OfTheAnswer + ", squared", "Mean squared error; of scaled inputs for autoencoders."),
        new("precision", Direction.Maximize, Share, "Right answers among the answers of a class, mean over the classes."),
        new("r2", Direction.Maximize, "share of the variance", "1 minus squared error over variance."),
        new("recall", Direction.Maximize, Share, "Right answers among the rows of a class, mean over the classes."),
        new("score", Direction.Maximize, "1 over " + OfTheAnswer + ", squared", "1/(2·mse)."),
        new("top2", Direction.Maximize, Share, "Share of rows whose class is among the two most probable answers."),
        new("top5", Direction.Maximize, Share, "Share of rows whose class is among the five most probable answers."),
        new("topk", Direction.Maximize, Share, "In results of release 1.0: top5 with more than ten classes, otherwise top2."),
    ];

    /// <summary>Finds a metric.</summary>
    /// <param name="metric">Its name, with or without a part (<c>val/</c>, …).</param>
    /// <returns>The metric; null for one of the user's own.</returns>
    public static MetricDefinition? Find(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var name = Parts.FirstOrDefault(part => metric.StartsWith(part, StringComparison.Ordinal)) is { } found
            ? metric[found.Length..]
            : metric;
        return name.EndsWith(Deviation, StringComparison.Ordinal) && Find(name[..^Deviation.Length]) is { } mean
            ? mean with
            {
                Name = name,
                Direction = Direction.Minimize,
                Description = $"Standard deviation over the folds of: {mean.Description}",
            }
            : All.FirstOrDefault(known => known.Name == name);
    }

    /// <summary>Tells which end of a metric is better.</summary>
    /// <param name="metric">Its name, with or without a part.</param>
    /// <param name="otherwise">For a metric of the user's own: that of the objective.</param>
    public static Direction DirectionOf(string metric, Direction otherwise) => Find(metric)?.Direction ?? otherwise;
}
