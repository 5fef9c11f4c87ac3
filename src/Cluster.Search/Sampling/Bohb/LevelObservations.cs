using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.Models;

namespace SearchCluster.Search.Sampling.Bohb;

/// <summary>The trials of a search with their losses at one resource level: the largest that enough of them reached.</summary>
/// <remarks>
/// Every trial that measured at the level or beyond counts, whatever became of it since, with the last loss measured at or before the
/// level. A trial that failed before it counts as +∞, but not as one of those that must have reached it. A cache over a
/// <see cref="SearchView"/>: what a trial measured does not change, so made anew it holds the same.
/// </remarks>
/// <param name="encoding">The space.</param>
/// <param name="minimum">How many trials must have reached the level.</param>
internal sealed class LevelObservations(SpaceEncoding encoding, int minimum)
{
    private readonly Dictionary<int, double[]?> _points = [];
    private readonly List<int> _over = [];
    private double[][]? _earlier;

    /// <summary>The level; 0 while none has enough trials.</summary>
    public int Level { get; private set; }

    /// <summary>The trials at the level.</summary>
    public RankedPoints Ranked { get; private set; } = new();

    /// <summary>The same trials by their numbers.</summary>
    public SortedList<int, (double[] Point, double Loss)> InOrder { get; } = [];

    /// <summary>Points of the trials that run, wait or are paused, and have not reached the level.</summary>
    public List<double[]> Pending { get; } = [];

    /// <summary>Points of the trials that are over or paused, at whatever level, and of those of an earlier search.</summary>
    public IEnumerable<double[]> Known => _over.Select(number => _points[number]!).Concat(_earlier ?? []);

    /// <summary>Looks at the search again.</summary>
    /// <param name="view">The same search, at the same time or later.</param>
    public void Update(SearchView view)
    {
        _earlier ??= [.. view.Earlier.Select(trial => Encode(trial.Values)).OfType<double[]>()];
        var trials = view.Trials.ToList();
        MoveTo(LargestLevel(trials));
        Pending.Clear();
        _over.Clear();
        foreach (var trial in trials)
        {
            if (PointOf(trial) is not { } point)
            {
                continue;
            }

            if (IsOver(trial))
            {
                _over.Add(trial.Id.Number);
            }

            if (Level > 0 && !InOrder.ContainsKey(trial.Id.Number) && LossAt(trial) is { } loss)
            {
                InOrder.Add(trial.Id.Number, (point, loss));
                Ranked.Add(point, loss, trial.Id.Number);
            }
        }

        foreach (var trial in view.Pending)
        {
            if (!InOrder.ContainsKey(trial.Id.Number) && PointOf(trial) is { } point)
            {
                Pending.Add(point);
            }
        }
    }

    private static bool IsOver(ObservedTrial trial) =>
        trial.State is TrialState.Completed or TrialState.StoppedEarly or TrialState.Paused or TrialState.Failed;

    private void MoveTo(int level)
    {
        if (level != Level)
        {
            Level = level;
            InOrder.Clear();
            Ranked = new();
        }
    }

    private int LargestLevel(List<ObservedTrial> trials)
    {
        var reached = trials.Where(trial => trial.Resource > 0 && PointOf(trial) is not null)
            .Select(trial => trial.Resource).OrderDescending().ToList();
        return reached.Count >= minimum ? reached[minimum - 1] : 0;
    }

    private double? LossAt(ObservedTrial trial)
    {
        if (trial.Resource < Level)
        {
            return trial.State == TrialState.Failed ? double.PositiveInfinity : null;
        }

        double? loss = null;
        foreach (var (resource, measured) in trial.Curve)
        {
            if (resource > Level)
            {
                break;
            }

            loss = measured;
        }

        return loss;
    }

    private double[]? PointOf(ObservedTrial trial)
    {
        if (!_points.TryGetValue(trial.Id.Number, out var point))
        {
            _points.Add(trial.Id.Number, point = Encode(trial.ResultValues));
        }

        return point;
    }

    private double[]? Encode(ParameterValues values)
    {
        var point = new double[encoding.Dimensions];
        return encoding.TryEncode(values, point) ? point : null;
    }
}
