using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.GaussianProcess.Acquisition;
using SearchCluster.Search.Sampling.GaussianProcess.Fitting;
using SearchCluster.Search.Sampling.GaussianProcess.Prediction;
using SearchCluster.Search.Sampling.Models;
using SearchCluster.Search.Sampling.QuasiRandom;

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>Bayesian optimisation with a Gaussian process: proposes the configuration with the largest log expected improvement.</summary>
/// <remarks>
/// The first trials are a space-filling design. Then a process with a Matérn kernel of smoothness 5/2 is fitted to the finished trials;
/// results of pending ones are imagined (<see cref="ImaginedResults"/>). A failed or non-finite trial counts as
/// the worst loss that the model distinguishes. No configuration is proposed twice while there is another; a
/// space without another is exhausted. Once the model expects nothing more, every third trial tests it
/// (<see cref="GaussianProcessOptions.DoubtEvery"/>). Beyond 512 observations the model holds the best, the most recent and an even choice
/// of the others. A trust region (<see cref="TrustRegion"/>) is an option. All caches are functions of the order in which trials finished
/// (<see cref="FitSchedule"/>), so a sampler made anew goes on alike. Source: Jones, Schonlau and Welch 1998; Ament et al. 2023 for the
/// acquisition; Hvarfner et al. 2024 for the priors.
/// </remarks>
public sealed class GaussianProcessSampler : ISampler
{
    private const int FewestFinite = 2;
    private const string Exhausted =
        "Every allowed configuration of the space was suggested, or all that were drawn are forbidden; widen the space or relax the "
            + "forbidden combinations.";

    private readonly Lock _gate = new();
    private readonly GaussianProcessOptions _options;
    private readonly SpaceEncoding _encoding;
    private readonly Observations _observations;
    private readonly KnownPoints _known = new();
    private readonly SobolPoints _design = new();
    private readonly int _startup;
    private readonly GaussianProcessModel _model;
    private readonly TrustRegion? _region;

    /// <summary>Prepares the sampler.</summary>
    /// <param name="space">What is searched.</param>
    /// <param name="options">Options; null for the defaults.</param>
    public GaussianProcessSampler(SearchSpace space, GaussianProcessOptions? options = null)
    {
        _options = options ?? new GaussianProcessOptions();
        _encoding = new SpaceEncoding(space);
        _observations = new Observations(_encoding);
        _startup = _options.Startup ?? StartupSize.Of(_encoding);
        _model = new GaussianProcessModel(_encoding, _options);
        var numbers = _encoding.Axes.Count(Neighbourhood.IsRelaxed);
        _region = _options.TrustRegion && numbers > 0 ? new TrustRegion(_startup, numbers) : null;
    }

    /// <inheritdoc />
    public string Name => GaussianProcessOptions.Descriptor.Name;

    /// <inheritdoc />
    public bool IsAdaptive => true;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        lock (_gate)
        {
            _observations.Update(view);
            _known.Update(_observations);
            _region?.Update(_observations.Losses);
            var pending = new List<double[]>(_observations.Pending);
            var suggestions = ImmutableArray.CreateBuilder<Suggestion>(context.Count);
            while (suggestions.Count < context.Count)
            {
                var number = context.FirstTrial.Number + suggestions.Count;
                if (Propose(number, pending, context.SearchSeed, view.Spec.Objective.Direction) is not { } proposal)
                {
                    return new(suggestions.DrainToImmutable(), Exhausted);
                }

                pending.Add(proposal.Point);
                _known.AddPending(proposal.Point);
                var origin = view.Origin(Name, proposal.Explanation, _observations.Earlier) with { Prediction = proposal.Prediction };
                suggestions.Add(new Suggestion(_encoding.Decode(proposal.Point), origin));
            }

            return new(suggestions.DrainToImmutable(), null);
        }
    }

    private PointProposal? Propose(int number, List<double[]> pending, ulong seed, Direction direction)
    {
        var stream = SeedSequence.Stream(seed, StreamPurpose.Suggestion, number);
        // The design goes on behind the earlier trials: with the same seed they are its first points.
        var place = number + _observations.Earlier;
        if (place < _startup || CountFinite() < FewestFinite || _region?.Missing > pending.Count)
        {
            var start = new double[_encoding.Dimensions];
            _design.Fill(seed, place, start);
            return Unexplored.IsNew(_encoding, _known, start)
                ? new PointProposal(start, "space-filling start")
                : Anywhere(stream, "space-filling start, drawn at random");
        }

        _model.Update(_observations, pending, number);
        var (point, isDoubting) = _model.Find(_known, stream, _options.DoubtEvery > 0 && number % _options.DoubtEvery == 0, Region());
        return point is not null
            ? _model.Describe(point, isDoubting, pending.Count, direction)
            : Anywhere(stream, "drawn at random: every configuration that the model prefers was tried");
    }

    private (double[] Centre, double Side)? Region() =>
        _region is { IsStarting: false } region ? (_observations.Point(region.Centre).ToArray(), region.Side) : null;

    private PointProposal? Anywhere(RandomStream stream, string explanation) =>
        Unexplored.Find(_encoding, _known, stream) is { } point ? new PointProposal(point, explanation) : null;

    private int CountFinite()
    {
        var finite = 0;
        foreach (var loss in _observations.Losses)
        {
            finite += double.IsFinite(loss) ? 1 : 0;
        }

        return finite;
    }
}
