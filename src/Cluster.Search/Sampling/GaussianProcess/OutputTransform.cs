namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>Losses as the model sees them: bad outliers pulled in, mean 0 and deviation about 1.</summary>
/// <param name="Centre">What becomes 0.</param>
/// <param name="Scale">What becomes 1, above 0.</param>
/// <param name="Ceiling">Losses above it count as this one.</param>
internal sealed record OutputTransform(double Centre, double Scale, double Ceiling)
{
    /// <summary>Fits the transform.</summary>
    /// <param name="losses">Losses, at least one of them finite; the others failed, and count as the ceiling.</param>
    /// <returns>The transform.</returns>
    public static OutputTransform Fit(ReadOnlySpan<double> losses)
    {
        var finite = Array.FindAll(losses.ToArray(), double.IsFinite);
        var sorted = finite.Order().ToArray();
        var median = sorted[sorted.Length / 2];
        var ceiling = median + (5 * Math.Max(median - sorted[0], 0));
        ceiling = Math.Max(ceiling, sorted[Math.Min(sorted.Length - 1, 3 * sorted.Length / 4)]);
        var clipped = Array.ConvertAll(finite, loss => Math.Min(loss, ceiling));
        var mean = clipped.Average();
        var deviation = Math.Sqrt(clipped.Average(loss => (loss - mean) * (loss - mean)));
        return new(mean, deviation > 1e-300 && double.IsFinite(deviation) ? deviation : 1, ceiling);
    }

    public double Apply(double loss) => (Math.Min(loss, Ceiling) - Centre) / Scale;

    public double Undo(double value) => Centre + (Scale * value);
}
