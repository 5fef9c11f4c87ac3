namespace SearchCluster.Search.Sampling.CoarseToFine;

/// <summary>Searches in stages, each with a sampler of its own on the part of the space in which the trials before it were best.</summary>
/// <remarks>
/// <para>The first stage covers the whole space, usually at random and on part of the data. The first question of a later stage narrows
/// the space by <see cref="Narrowing"/>; the answer carries the narrowing, which the search records, and every later question uses the
/// recorded one. It does not wait for trials that still run: they are missing from the narrowing, so that no slot waits either.</para>
/// <para>A stage's sampler learns from the trials of earlier stages that lie in its part, where they used the same share of the data;
/// losses on other shares are not comparable and are left out.</para>
/// <para>Source: the strategy is the usual advice for searching by hand (Stanford CS231n, "Hyperparameter optimization": "stage your
/// search from coarse to fine"; random search over a wide range first: Bergstra and Bengio, JMLR 13, 2012).</para>
/// </remarks>
public sealed class CoarseToFineSampler : ISampler
{
    private readonly SearchSpec _spec;
    private readonly ValueArray<StageSpec> _stages;
    private readonly Func<SearchSpec, ISampler> _create;
    private readonly Dictionary<int, ISampler> _samplers = [];

    /// <summary>Prepares the stages.</summary>
    /// <param name="spec">The specification, with at least two stages.</param>
    /// <param name="create">Makes the sampler of one stage.</param>
    /// <exception cref="ArgumentException">There are fewer than two stages, or one but the last has no number of trials.</exception>
    public CoarseToFineSampler(SearchSpec spec, Func<SearchSpec, ISampler> create)
    {
        (_spec, _create) = (spec, create);
        _stages = spec.Algorithm.Stages is { Count: >= 2 } stages
            ? stages
            : throw new ArgumentException($"Algorithm coarse-to-fine has {spec.Algorithm.Stages?.Count ?? 0} stages, but needs at least 2; add algorithm.stages.", nameof(spec));
        if (_stages.SkipLast(1).Any(stage => stage.Trials is null))
        {
            throw new ArgumentException("Each stage of coarse-to-fine but the last needs a number of trials; add trials.", nameof(spec));
        }
    }

    /// <inheritdoc />
    public string Name => "coarse-to-fine";

    /// <inheritdoc />
    public bool IsAdaptive => true;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        var (stage, start, end) = StageOf(context.FirstTrial.Number);
        var (part, isNew) = PartOf(view, stage, context.FirstTrial);
        var seen = stage == 0 ? view : view.Where(trial => trial.DataFraction == FractionOf(stage));
        var wanted = (int)Math.Min(context.Count, end - context.FirstTrial.Number);
        var inner = context with { FirstTrial = new TrialId(context.FirstTrial.Number - start), Count = wanted, SearchSeed = SeedOf(context.SearchSeed, stage) };
        var batch = SamplerOf(stage, part).Suggest(seen, inner);
        var suggestions = batch.Suggestions.Select(suggestion => suggestion with
        {
            DataFraction = FractionOf(stage),
            Origin = suggestion.Origin with
            {
                Source = Name,
                Explanation = $"Stage {stage + 1} of {_stages.Count}, {suggestion.Origin.Source}{(suggestion.Origin.Explanation is { } own ? ": " + own : ".")}",
                Observed = view.FinishedCount,
                Pending = view.PendingCount,
            },
        });

        // A stage that has no further configuration ends the search only when it is the last one.
        return new([.. suggestions], batch.Exhausted, isNew ? part : null);
    }

    private double? FractionOf(int stage) => _stages[stage].DataFraction < 1 ? _stages[stage].DataFraction : null;

    private static ulong SeedOf(ulong searchSeed, int stage) => stage == 0 ? searchSeed : SeedSequence.For(searchSeed, StreamPurpose.Model, -stage);

    private (int Stage, int Start, long End) StageOf(int number)
    {
        var start = 0;
        for (var stage = 0; stage < _stages.Count - 1; stage++)
        {
            var end = start + _stages[stage].Trials!.Value;
            if (number < end)
            {
                return (stage, start, end);
            }

            start = end;
        }

        return (_stages.Count - 1, start, long.MaxValue);
    }

    private (SpaceNarrowing? Part, bool IsNew) PartOf(SearchView view, int stage, TrialId first)
    {
        if (stage == 0)
        {
            return (null, false);
        }

        return view.Narrowings.FirstOrDefault(narrowing => narrowing.Stage == stage) is { } recorded
            ? (recorded, false)
            : (Narrowing.Of(view, SpaceBefore(view, stage), _stages[stage], stage, first, FractionOf(stage - 1)), true);
    }

    private SearchSpace SpaceBefore(SearchView view, int stage) => view.Narrowings.LastOrDefault(narrowing => narrowing.Stage < stage)?.Space ?? _spec.Space;

    private ISampler SamplerOf(int stage, SpaceNarrowing? part)
    {
        if (!_samplers.TryGetValue(stage, out var sampler))
        {
            sampler = _create(_spec with
            {
                Space = part?.Space ?? _spec.Space,
                Algorithm = new AlgorithmSpec(_stages[stage].Algorithm, _stages[stage].Options),
                Budget = _spec.Budget with { Trials = _stages[stage].Trials ?? _spec.Budget.Trials },
            });
            _samplers[stage] = sampler;
        }

        return sampler;
    }
}
