using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;
using SearchCluster.Search.Analysis;
using SearchCluster.Search.State.Ranks;

namespace SearchCluster.Insight.Analysis;

/// <summary>A search as its analysis needs it: the specification and all trials.</summary>
public sealed record SearchData(SearchId Search, SearchSpec Spec, IReadOnlyList<TrialView> Trials)
{
    /// <summary>Where the search stands; null where nobody was asked.</summary>
    public SearchDetail? Detail { get; init; }

    /// <summary>Name of the objective's metric.</summary>
    public string Metric => Spec.Objective.Metric;

    /// <summary>Finished trials in the order in which they finished (of their numbers in a reproducible search), losses minimised; failed
    /// ones have an infinite loss.</summary>
    public IReadOnlyList<EvaluatedTrial> Finished =>
    [
        .. Trials.Where(IsFinished).OrderBy(trial => Spec.Reproducible is null ? trial.EndedAt : null).ThenBy(trial => trial.TrialId)
            .Select(trial => new EvaluatedTrial(
                trial.TrialId, trial.Values, HasResult(trial) ? InDirection(trial.Objective!.Value) : double.PositiveInfinity)),
    ];

    /// <summary>The same, where none that misses folds is better than those that have all of them; with <c>repeats</c> a configuration has
    /// its mean, from the trial on that completes it.</summary>
    public IReadOnlyList<EvaluatedTrial> Ranked
    {
        get
        {
            if (ByConfiguration() is { } means)
            {
                return means;
            }

            return Compared;
        }
    }

    /// <summary>The finished ones, where none that misses folds is better than those that have all of them.</summary>
    public IReadOnlyList<EvaluatedTrial> Compared
    {
        get
        {
            var partial = Trials.Where(trial => trial.IsPartial).Select(trial => trial.TrialId).ToHashSet();
            return Trials.Any(trial => HasResult(trial) && !trial.IsPartial)
                ? [.. Finished.Select(trial => partial.Contains(trial.Trial) ? trial with { Loss = double.PositiveInfinity } : trial)]
                : Finished;
        }
    }

    /// <summary>True where <see cref="Ranked"/> holds means of configurations.</summary>
    public bool RanksConfigurations => Trials.Any(trial => trial.Configuration is { IsComplete: true });

    private List<EvaluatedTrial>? ByConfiguration()
    {
        if (!RanksConfigurations)
        {
            return null;
        }

        var (finished, last) = (Finished, new Dictionary<int, int>());
        var views = Trials.ToDictionary(trial => trial.TrialId);
        for (var i = 0; i < finished.Count; i++)
        {
            last[Configurations.Of(finished[i].Trial.Number, Spec.Repeats ?? 1)] = i;
        }

        return
        [
            .. finished.Select((trial, i) => trial with
            {
                Loss = last[Configurations.Of(trial.Trial.Number, Spec.Repeats ?? 1)] == i
                    && views[trial.Trial].Configuration is { IsComplete: true } configuration
                        ? InDirection(configuration.Mean)
                        : double.PositiveInfinity,
            }),
        ];
    }

    public static async Task<SearchData> ReadAsync(ISearchService service, SearchId search, CancellationToken cancellation)
    {
        var spec = await service.GetSpecAsync(search, cancellation);
        return new(search, spec.Spec, await TrialReader.ReadAllAsync(service, search, cancellation))
        {
            Detail = await service.GetAsync(search, cancellation),
        };
    }

    /// <summary>The same search seen by another of its objectives.</summary>
    /// <param name="metric">Metric of the objective; null for the first.</param>
    /// <returns>The search with the values of that objective, measured where the first one picks a trial's result.</returns>
    public SearchData By(string? metric)
    {
        if (metric is null || metric == Metric)
        {
            return this;
        }

        return Spec.Objectives?.FirstOrDefault(objective => objective.Metric == metric) is { } other
            ? this with
            {
                Spec = Spec with { Objective = other },
                Trials = [.. Trials.Select(
                    trial => trial with { Objective = trial.Result?.Metrics.TryGetValue(metric, out var value) == true ? value : null })],
            }
            : throw new AnalysisException(
                CommandCodes.WrongUsage,
                $"--objective names \"{SafeText.Of(metric)}\", which is no objective of search {Search}.",
                $"its objectives: {string.Join(", ", Spec.Objectives?.Select(objective => objective.Metric) ?? [Metric])}");
    }

    /// <summary>Turns an objective into a loss, and back.</summary>
    public double InDirection(double value) => Spec.Objective.Direction == Direction.Minimize ? value : -value;

    /// <summary>True for a finished trial that an analysis uses and that has a rank.</summary>
    public static bool HasResult(TrialView trial) =>
        trial.State is TrialState.Completed or TrialState.StoppedEarly && trial.Objective is { } objective && double.IsFinite(objective);

    /// <summary>The trials that an analysis learns from; refuses when there are too few.</summary>
    public AnalysisSample Sample() => AnalysisSample.TryCreate(Spec.Space, Finished, out var sample, out var refusal)
        ? sample
        : throw new AnalysisException(
            CommandCodes.TooFewTrials, refusal, ExtendText.More(Search, Detail));

    /// <summary>Finds a parameter of the space.</summary>
    public int AxisOf(AnalysisSample sample, string parameter) => sample.AxisOf(parameter) is >= 0 and var axis
        ? axis
        : throw new AnalysisException(
            CommandCodes.WrongUsage,
            $"--parameter names \"{SafeText.Of(parameter)}\", which search {Search} does not have.",
            $"its parameters: {string.Join(", ", Spec.Space.Parameters.Select(p => p.Name))}");

    private static bool IsFinished(TrialView trial) => trial.State is TrialState.Completed or TrialState.StoppedEarly or TrialState.Failed;
}
