using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>Everything CMA-ES knows of a search: a function of the order in which its trials finished.</summary>
/// <param name="encoding">The space.</param>
/// <param name="options">As the specification gives them.</param>
/// <param name="budget">Planned trials of the search; null when it is not limited by trials.</param>
internal sealed class CmaEsModel(SpaceEncoding encoding, CmaEsOptions options, int? budget)
{
    // A result that is older is learned at its encoded place; keeping all distributions would cost memory for nothing.
    private const int KeptDistributions = 8;

    private readonly Queue<(int From, MixedDistribution? Distribution)> _drawn = new([(0, null)]);
    private readonly Generation _generation = new();
    private readonly RestartPlan _restarts = new(encoding, options, budget);
    private int _finished;
    private bool _hasEarlier;
    private int _size;
    private CmaEsRun? _run;

    /// <summary>The run; null during the uniform draws before it.</summary>
    public CmaEsRun? Run => _run;

    /// <summary>How often it started again.</summary>
    public int Restarts => _restarts.Count;

    /// <summary>How many trials of an earlier search it learned from.</summary>
    public int Earlier { get; private set; }

    /// <summary>Adds what was finished since the last call.</summary>
    /// <param name="view">The same search, at the same time or later.</param>
    /// <param name="seed">The search's seed.</param>
    public void Update(SearchView view, ulong seed)
    {
        if (!_hasEarlier)
        {
            _hasEarlier = true;
            AddEarlier(view);
        }

        foreach (var (finished, trial) in view.FinishedSince(_finished))
        {
            _finished = finished;
            var drawn = FindDistribution(trial.Origin.Observed);
            var point = drawn is null ? null : Redraw(drawn, trial, seed);
            if (point is null && !TryEncode(trial.ResultValues, out point))
            {
                continue;
            }

            _generation.Add(point, trial.Loss ?? double.PositiveInfinity, isOwn: drawn is not null && drawn == _run?.Distribution);
            CloseIfFull();
        }
    }

    /// <summary>True before a run, when draws are to fill the space.</summary>
    public bool IsStarting => _run is null;

    /// <summary>Draws a point of the current generation.</summary>
    /// <param name="stream">Random numbers.</param>
    /// <returns>[dimensions], inside the unit cube.</returns>
    public double[] Draw(RandomStream stream)
    {
        if (_run is not null)
        {
            return _run.Distribution.Draw(stream);
        }

        var point = new double[encoding.Dimensions];
        UniformPoint.Fill(stream, point);
        return point;
    }

    // Observations of an earlier search take the place of uniform draws; there may be more of them than draws were planned.
    private void AddEarlier(SearchView view)
    {
        _size = _restarts.Startup;
        foreach (var earlier in view.Earlier)
        {
            if (TryEncode(earlier.Values, out var point))
            {
                _generation.Add(point, earlier.Loss, isOwn: false);
                Earlier++;
            }
        }

        CloseIfFull();
    }

    private void CloseIfFull()
    {
        if (_generation.Count < _size)
        {
            return;
        }

        var ranked = _generation.Ranked();
        _generation.Clear();
        if (_run is null)
        {
            _run = _restarts.Start(ranked);
        }
        else
        {
            _run.Learn(ranked);
        }

        if (_restarts.IsWanted(_run))
        {
            _restarts.Advance(_run);
            _run = null;
        }

        _size = _run?.Population ?? _restarts.Startup;
        _drawn.Enqueue((_finished, _run?.Distribution));
        if (_drawn.Count > KeptDistributions)
        {
            _drawn.Dequeue();
        }
    }

    private MixedDistribution? FindDistribution(int observed) => _drawn.LastOrDefault(drawn => drawn.From <= observed).Distribution;

    // The place inside a cell is not part of a configuration, but the trial's stream draws it again.
    private double[]? Redraw(MixedDistribution distribution, ObservedTrial trial, ulong seed)
    {
        var stream = SeedSequence.Stream(seed, StreamPurpose.Suggestion, trial.Id.Number);
        for (var i = 0; i < Candidates.MaximumDraws; i++)
        {
            var point = distribution.Draw(stream);
            if (encoding.Decode(point).Equals(trial.Values))
            {
                return point;
            }
        }

        return null;
    }

    private bool TryEncode(ParameterValues values, out double[] point)
    {
        point = new double[encoding.Dimensions];
        return encoding.TryEncode(values, point);
    }
}
