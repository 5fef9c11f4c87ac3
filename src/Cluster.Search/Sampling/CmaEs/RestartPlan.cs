using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>Sizes of the runs of CMA-ES, one after the other.</summary>
/// <remarks>
/// A run that has converged is followed by uniform draws, around the best half of which the next run starts.
/// IPOP doubles the population each time (Auger and Hansen, "A Restart CMA Evolution Strategy With Increasing Population Size", CEC 2005).
/// BIPOP interlaces runs of a small population and a smaller step whenever these have spent less than the large
/// ones (Hansen, "Benchmarking a BI-Population CMA-ES on the BBOB-2009 Function Testbed", GECCO 2009). Differs: small runs have the
/// standard population and a tenth of the step, both fixed, so that a search of a few hundred trials can finish one.
/// </remarks>
/// <param name="encoding">The space.</param>
/// <param name="options">As the specification gives them.</param>
/// <param name="budget">Planned trials of the search; null when it is not limited by trials.</param>
internal sealed class RestartPlan(SpaceEncoding encoding, CmaEsOptions options, int? budget)
{
    // Beyond it a generation would take longer than any search lasts.
    private const int MostDoublings = 9;

    private readonly int _standard = options.Population
        ?? CmaEsDefaults.Population(CmaEsRun.Numbers(encoding).Length, CmaEsRun.Categories(encoding).Length, budget);
    private int _doublings;
    private bool _isSmall;
    private long _spentLarge;
    private long _spentSmall;

    /// <summary>How many runs came before.</summary>
    public int Count { get; private set; }

    /// <summary>How many uniform draws the run starts with.</summary>
    public int Startup => options.Startup
        ?? Math.Max(CmaEsDefaults.Startup(CmaEsRun.Numbers(encoding).Length + CmaEsRun.Categories(encoding).Length, budget), _standard);

    /// <summary>Starts the run.</summary>
    /// <param name="ranked">Results of the uniform draws, best first.</param>
    public CmaEsRun Start((double[] Point, double Loss, bool IsOwn)[] ranked) => new(
        encoding,
        options,
        ranked,
        _isSmall ? _standard : _standard << _doublings,
        _isSmall ? options.StepSize / 10 : options.StepSize);

    /// <summary>Tells whether the run shall end.</summary>
    /// <returns>True when it has converged and restarts are on.</returns>
    public bool IsWanted(CmaEsRun run) => options.Restart != RestartStrategy.None && run.IsConverged;

    /// <summary>Plans the next run.</summary>
    /// <param name="run">The run that ended.</param>
    public void Advance(CmaEsRun run)
    {
        Count++;
        var spent = (long)run.Generations * run.Population;
        _spentLarge += _isSmall ? 0 : spent;
        _spentSmall += _isSmall ? spent : 0;

        // The first run counts for neither kind in the paper; here it is the first large one.
        _isSmall = options.Restart == RestartStrategy.Bipop && _spentSmall < _spentLarge;
        _doublings = _isSmall ? _doublings : Math.Min(MostDoublings, _doublings + 1);
    }
}
