using System.Globalization;
using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.QuasiRandom;

/// <summary>Suggests points that fill the space more evenly than independent draws: Sobol, Halton or Latin hypercube.</summary>
/// <remarks>
/// A trial's configuration depends on the search's seed and the trial's number only: not on results, order or the number of workers.
/// Configurations of a small finite space can repeat, as with <c>random</c>.
/// </remarks>
internal sealed class QuasiRandomSampler : ISampler
{
    private readonly StartupDesign _design;

    public QuasiRandomSampler(string name, IPointSequence points, SearchSpace space, int firstTrial)
    {
        Name = name;
        _design = new StartupDesign(new SpaceEncoding(space), points, firstTrial);
    }

    /// <summary>Name and traits of Sobol points.</summary>
    public static AlgorithmDescriptor SobolDescriptor { get; } =
        Describe("sobol", "Sobol points, Owen-scrambled by the seed: covers the space more evenly than random.");

    /// <summary>Name and traits of Halton points.</summary>
    public static AlgorithmDescriptor HaltonDescriptor { get; } = Describe("halton", "Halton points, scrambled by the seed.");

    /// <summary>Name and traits of Latin hypercubes.</summary>
    public static AlgorithmDescriptor LatinHypercubeDescriptor { get; } =
        Describe("lhs", "Latin hypercube designs: each parameter's range is covered evenly.");

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public bool IsAdaptive => false;

    /// <summary>Makes the sampler <c>sobol</c>.</summary>
    public static QuasiRandomSampler Sobol(SearchSpec spec) => new(SobolDescriptor.Name, new SobolPoints(), spec.Space, Enqueued(spec));

    /// <summary>Makes the sampler <c>halton</c>.</summary>
    public static QuasiRandomSampler Halton(SearchSpec spec) => new(HaltonDescriptor.Name, new HaltonPoints(), spec.Space, Enqueued(spec));

    /// <summary>Makes the sampler <c>lhs</c>.</summary>
    public static QuasiRandomSampler LatinHypercube(SearchSpec spec) =>
        new(
            LatinHypercubeDescriptor.Name,
            new LatinHypercubePoints(LatinHypercubePoints.BlockSizeFor(spec.Budget, Enqueued(spec))),
            spec.Space,
            Enqueued(spec));

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        var origin = view.Origin(Name);
        var suggestions = ImmutableArray.CreateBuilder<Suggestion>(context.Count);
        for (var number = context.FirstTrial.Number; suggestions.Count < context.Count; number++)
        {
            if (!_design.TryFind(context.SearchSeed, number, out var values))
            {
                return new(suggestions.DrainToImmutable(), string.Create(
                    CultureInfo.InvariantCulture,
                    $"{RandomConfiguration.MaximumDraws} points in a row were forbidden for trial {new TrialId(number)}; relax the "
                        + $"forbidden combinations."));
            }

            suggestions.Add(new Suggestion(values, origin));
        }

        return new(suggestions.DrainToImmutable(), null);
    }

    private static AlgorithmDescriptor Describe(string name, string description) =>
        new(name, description, [], SupportsSeveralObjectives: true, LearnsFromTrials: false);

    private static int Enqueued(SearchSpec spec) => spec.Enqueue?.Count ?? 0;
}
