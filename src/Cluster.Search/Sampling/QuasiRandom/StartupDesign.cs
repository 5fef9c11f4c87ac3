using System.Diagnostics.CodeAnalysis;
using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.QuasiRandom;

/// <summary>The configurations that a model-based sampler tries before it has a model: points that fill the space evenly.</summary>
/// <remarks>
/// A configuration depends on the seed and the trial's number only. Each parameter has its own coordinate, whether it is active or not.
/// Points whose configurations are forbidden are left out, and trials get the others in their order, so that those fill what is allowed
/// as evenly as the sequence does. Which ones these are is found by going through the sequence, once in the life of this object. One
/// thread at a time.
/// </remarks>
/// <param name="encoding">The space.</param>
/// <param name="points">The points; scrambled Sobol points when left out.</param>
/// <param name="firstTrial">Number of the trial that gets the first point; trials before it are enqueued ones.</param>
internal sealed class StartupDesign(SpaceEncoding encoding, IPointSequence? points = null, int firstTrial = 0)
{
    private readonly IPointSequence _points = points ?? new SobolPoints();
    private readonly bool _mayForbid = encoding.Space.Forbidden is { Count: > 0 };
    private readonly List<int> _allowed = [];
    private ulong _seed;
    private int _next;

    /// <summary>Finds the configuration of a trial.</summary>
    /// <param name="seed">Seed of the search.</param>
    /// <param name="trial">The trial's number, at least that of the first one.</param>
    /// <param name="values">The configuration.</param>
    /// <returns>False when <see cref="RandomConfiguration.MaximumDraws"/> points in a row are forbidden.</returns>
    public bool TryFind(ulong seed, int trial, [NotNullWhen(true)] out ParameterValues? values)
    {
        var point = new double[encoding.Dimensions];
        if (PointOf(seed, trial - firstTrial, point) is not { } index)
        {
            values = null;
            return false;
        }

        _points.Fill(seed, index, point);
        values = encoding.Decode(point);
        return true;
    }

    private int? PointOf(ulong seed, int rank, double[] point)
    {
        if (!_mayForbid)
        {
            return rank;
        }

        if (_seed != seed)
        {
            _allowed.Clear();
            (_seed, _next) = (seed, 0);
        }

        for (var inARow = 0; _allowed.Count <= rank; _next++)
        {
            _points.Fill(seed, _next, point);
            if (!encoding.IsForbidden(point))
            {
                _allowed.Add(_next);
                inARow = 0;
            }
            else if (++inARow >= RandomConfiguration.MaximumDraws)
            {
                return null;
            }
        }

        return _allowed[rank];
    }
}
