namespace SearchCluster.Models.Training.Trials;

/// <summary>Finds training that exploded although its losses stayed numbers, so that no failure tells of it.</summary>
internal static class FiniteDivergence
{
    // An untrained network says about the same for every row, as a constant does. No training that learns anything ends so far above; a
    // single batch and another part may differ by less.
    private const double Factor = 100;

    // Outliers of the validation part alone do not reach this; statistics of batches that exploded do.
    private const double ValidationFactor = 1e6;

    // Without numbers, so that the trials of a search tell it together.
    private const string Sentence =
        "Training diverged without becoming NaN: the loss of the epoch that was kept is more than 100 times that of the untrained network, "
            + "so the trial's numbers mean nothing. "
        + "Search smaller learning rates, clip gradients (gradientClip), or scale the columns (data.scaling).";

    private const string ValidationSentence =
        "The validation loss of the epoch that was kept is more than a million times that of the untrained network, though the training "
            + "loss is not, so the trial's numbers mean nothing: "
        + "either numbers of validation rows lie far outside the training part (a warning of the data names column and row; correct them), "
            + "or statistics of batches exploded (search smaller learning rates).";

    /// <summary>Looks at the epoch that was kept.</summary>
    /// <param name="kept">Its metrics.</param>
    /// <param name="untrained">Loss before training.</param>
    /// <returns>What to tell; null for nothing.</returns>
    public static string? Find(ValueMap<double> kept, double untrained) =>
        untrained <= 0 ? null
        : IsAbove(kept, TrialMetrics.TrainLoss, Factor * untrained) ? Sentence
        : IsAbove(kept, TrialMetrics.ValidationLoss, ValidationFactor * untrained) ? ValidationSentence
        : null;

    private static bool IsAbove(ValueMap<double> metrics, string loss, double limit) =>
        metrics.TryGetValue(loss, out var value) && double.IsFinite(value) && value > limit;
}
