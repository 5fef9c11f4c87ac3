using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.GaussianProcess;
using SearchCluster.Search.Sampling.GaussianProcess.Acquisition;
using SearchCluster.Search.Sampling.GaussianProcess.Fitting;
using SearchCluster.Search.Sampling.Models;

namespace SearchCluster.Search.Sampling.Bohb;

/// <summary>The model of <c>gp</c> with its defaults, fitted to the trials at the level in the order of their numbers.</summary>
/// <remarks>
/// In which order trials reached a level is not part of a search's state, so theirs is that of the numbers.
/// While new trials at the level come behind all others, the model follows as <c>gp</c> does; when one comes between them, or the level
/// changes, it is made anew, which repeats the fits since the last power of two (<see cref="FitSchedule"/>). So it is a function of what is
/// known, not of when it was asked.
/// </remarks>
/// <param name="encoding">The space.</param>
/// <param name="direction">Of the objective, for the explanation.</param>
internal sealed class ProcessLevelModel(SpaceEncoding encoding, Direction direction) : ILevelModel
{
    private const int FewestFinite = 2;
    private readonly GaussianProcessOptions _options = new();
    private readonly KnownPoints _known = new();
    private Observations _observations = new(encoding);
    private GaussianProcessModel? _model;
    private int _level;

    /// <inheritdoc />
    public PointProposal? Propose(
        LevelObservations observations, List<double[]> pending, int number, RandomStream stream, TakenPoints known)
    {
        if (observations.Ranked.FiniteCount < FewestFinite)
        {
            return null;
        }

        var model = Follow(observations);
        _known.Set(observations.Known, pending);
        model.Update(_observations, pending, number);
        var (point, isDoubting) = model.Find(_known, stream, number % _options.DoubtEvery == 0);
        return point is null || known.Contains(point) ? null : model.Describe(point, isDoubting, pending.Count, direction);
    }

    private GaussianProcessModel Follow(LevelObservations observations)
    {
        if (_model is null || _level != observations.Level || !IsAhead(observations.InOrder))
        {
            _observations = new(encoding);
            _model = new(encoding, _options);
            _level = observations.Level;
        }

        foreach (var (number, (point, loss)) in observations.InOrder.Skip(_observations.Count))
        {
            _observations.Add(point, loss, number);
        }

        return _model;
    }

    // What the model saw begins what there is now.
    private bool IsAhead(SortedList<int, (double[] Point, double Loss)> inOrder)
    {
        var seen = _observations.Trials;
        return seen.Length == 0 || (inOrder.Count >= seen.Length && inOrder.Keys[seen.Length - 1] == seen[^1]);
    }
}
