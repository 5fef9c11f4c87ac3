using SearchCluster.Models.Attempts;

namespace SearchCluster.Models.Training.Trials;

/// <summary>Stops a trial when a metric has not improved for so many epochs; its state follows from the
/// measurements, so a resume replays them.</summary>
/// <remarks>
/// The first measurement sets the mark. A later one improves when it beats the mark by more than the smallest change. Epochs of the warm-up
/// move the mark but are not counted.
/// </remarks>
internal sealed class PatienceRule(EarlyStoppingSpec spec, string metric, Direction direction)
{
    private double _mark = double.NaN;
    private int _waited;

    /// <summary>Takes the next measurement into account.</summary>
    /// <returns>True when patience has run out.</returns>
    public bool IsOver(Measurement measurement)
    {
        var value = measurement.Metrics[metric];
        if (MeasurementHistory.IsBetter(value, _mark, direction, spec.MinDelta))
        {
            (_mark, _waited) = (value, 0);
            return false;
        }

        _waited = measurement.Resource > spec.Warmup ? _waited + 1 : 0;
        return _waited >= spec.Patience;
    }
}
