namespace SearchCluster.Search.Sampling.CoarseToFine;

/// <summary>Searches in stages, each with a sampler of its own on the part of the space in which the trials before it were best.</summary>
/// <remarks>
/// <para>The first stage covers the whole space, usually at random and on part of the data. A stage ends with its number of trials, or
/// before when it has no further configuration (a grid that is done). The first question of a later stage narrows the space by
/// <see cref="Narrowing"/>; the answer carries the narrowing, which the search records, and every later question uses the recorded one. It
/// does not wait for trials that still run: they are missing from the narrowing, so that no slot waits either.</para>
/// <para>A stage's sampler learns from the trials of earlier stages that lie in its part, where they used the same share of the data;
/// losses on other shares are not comparable and are left out, and those of an earlier search
/// (<c>warmStart</c>) count as on all of it.</para>
/// <para>Source: the strategy is the usual advice for searching by hand (Stanford CS231n, "Hyperparameter optimization": "stage your
/// search from coarse to fine"; random search over a wide range first: Bergstra and Bengio, JMLR 13, 2012).</para>
/// </remarks>
public sealed class CoarseToFineSampler : ISampler
{
    private readonly SearchSpec _spec;
    private readonly ValueArray<StageSpec> _stages;
    private readonly Func<SearchSpec, ISampler> _create;
    private (int Stage, SearchSpace Space, ISampler Sampler)? _sampler;

    /// <summary>Prepares the stages.</summary>
    /// <param name="spec">The specification, with at least two stages.</param>
    /// <param name="create">Makes the sampler of one stage.</param>
    /// <exception cref="ArgumentException">There are fewer than two stages, or one but the last has no number of trials.</exception>
    public CoarseToFineSampler(SearchSpec spec, Func<SearchSpec, ISampler> create)
    {
        (_spec, _create) = (spec, create);
        _stages = spec.Algorithm.Stages is { Count: >= 2 } stages
            ? stages
            : throw new ArgumentException(
                $"Algorithm coarse-to-fine has {spec.Algorithm.Stages?.Count ?? 0} stages, but needs at least 2; add algorithm.stages.",
                nameof(spec));
        if (_stages.SkipLast(1).Any(stage => stage.Trials is null))
        {
            throw new ArgumentException("Each stage of coarse-to-fine but the last needs a number of trials; add trials.", nameof(spec));
        }
    }

    /// <summary>Name and traits.</summary>
    public static AlgorithmDescriptor Descriptor { get; } =
        new(
            "coarse-to-fine",
            "Searches a wide space on part of the data, then zooms into the best part of it, stage by stage.",
            [],
            HasStages: true);

    /// <inheritdoc />
    public string Name => Descriptor.Name;

    /// <inheritdoc />
    public bool IsAdaptive => true;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        var number = context.FirstTrial.Number;
        var part = view.Narrowings.Count > 0 ? view.Narrowings[^1] : null;
        var (stage, start) = part is null ? (0, 0) : (part.Stage, part.FirstTrial.Number / (_spec.Repeats ?? 1));
        var isNew = false;
        while (true)
        {
            var left = stage < Last ? start + _stages[stage].Trials!.Value - number : int.MaxValue;
            var batch = left > 0 ? Ask(view, context, stage, start, left, part?.Space ?? _spec.Space) : null;
            if (batch is { Suggestions.Length: > 0 } || stage == Last)
            {
                // A stage without a further configuration ends the search only when it is the last one.
                var exhausted = stage == Last && batch!.Exhausted is { } why ? $"In the part of the space of the last stage: {why}" : null;
                return batch! with { Exhausted = exhausted, Narrowing = isNew ? part : null };
            }

            stage++;
            part = Narrowing.Of(view, part?.Space ?? _spec.Space, _stages[stage], stage, context.FirstTrial, FractionOf(stage - 1));
            (start, isNew) = (number, true);
        }
    }

    private int Last => _stages.Count - 1;

    private SuggestionBatch Ask(SearchView view, SuggestionContext context, int stage, int start, int left, SearchSpace space)
    {
        var batch = SamplerOf(stage, space).Suggest(view.OnShare(FractionOf(stage)), context with
        {
            FirstTrial = new TrialId(context.FirstTrial.Number - start),
            Count = Math.Min(context.Count, left),
            SearchSeed = SeedOf(context.SearchSeed, stage),
        });
        return batch with
        {
            Suggestions = [.. batch.Suggestions.Select(suggestion => suggestion with
            {
                DataFraction = FractionOf(stage),
                Origin = suggestion.Origin with
                {
                    Source = Name,
                    Explanation =
                        $"Stage {stage + 1} of {_stages.Count}, "
                            + $"{suggestion.Origin.Source}{(suggestion.Origin.Explanation is { } own ? ": " + own : ".")}",
                    Observed = view.FinishedCount,
                    Pending = view.PendingCount,
                },
            })],
        };
    }

    private double? FractionOf(int stage) => _stages[stage].DataFraction < 1 ? _stages[stage].DataFraction : null;

    private static ulong SeedOf(ulong searchSeed, int stage) =>
        stage == 0 ? searchSeed : SeedSequence.For(searchSeed, StreamPurpose.Model, -stage);

    // An answer that was not recorded may have narrowed another way, so the space is looked at, not only the stage.
    private ISampler SamplerOf(int stage, SearchSpace space)
    {
        if (_sampler is not { } current || current.Stage != stage || current.Space != space)
        {
            current = (stage, space, _create(_spec with
            {
                Space = space,

                // Only the numbers of the first stage count the enqueued trials.
                Enqueue = stage == 0 ? _spec.Enqueue : null,
                Algorithm = new AlgorithmSpec(_stages[stage].Algorithm, _stages[stage].Options),
                Budget = _spec.Budget with { Trials = _stages[stage].Trials ?? _spec.Budget.Trials },
            }));
            _sampler = current;
        }

        return current.Sampler;
    }
}
