namespace SearchCluster.Models.Data;

/// <summary>Shift and scale of each feature, fitted on the training part only.</summary>
/// <param name="Mean">Mean of each feature.</param>
/// <param name="Deviation">Standard deviation of each feature; 1 for a constant one.</param>
internal sealed record Normalisation(float[] Mean, float[] Deviation)
{
    /// <summary>Fits in double precision with two passes, so that a large mean costs no digits of the deviation.</summary>
    public static Normalisation Fit(LabelledRows data, IReadOnlyCollection<int> rows)
    {
        var columns = data.Columns.Count;
        var (mean, square) = (new double[columns], new double[columns]);
        foreach (var row in rows)
        {
            for (var column = 0; column < columns; column++)
            {
                mean[column] += (double)data.Features[(row * columns) + column] / rows.Count;
            }
        }

        foreach (var row in rows)
        {
            for (var column = 0; column < columns; column++)
            {
                var distance = data.Features[(row * columns) + column] - mean[column];
                square[column] += distance * distance / rows.Count;
            }
        }

        return new([.. mean.Select(m => (float)m)], [.. square.Select(Deviate)]);
    }

    /// <summary>Numbers of the features that are constant.</summary>
    public static IEnumerable<int> Constant(LabelledRows data, IReadOnlyCollection<int> rows) =>
        Enumerable.Range(0, data.Columns.Count).Where(column => rows.All(row =>
            data.Features[(row * data.Columns.Count) + column] == data.Features[(rows.First() * data.Columns.Count) + column]));

    /// <summary>Normalises one value; the difference is taken in double precision.</summary>
    public float Apply(float value, int column) => (float)(((double)value - Mean[column]) / Deviation[column]);

    // The deviation of a constant feature is 0, or rounding noise of its mean.
    private static float Deviate(double variance) => (float)Math.Sqrt(variance) is var deviation && deviation > 0 && float.IsNormal(deviation) ? deviation : 1;
}
