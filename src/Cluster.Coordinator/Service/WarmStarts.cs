using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Insight.Analysis;
using SearchCluster.Specs.Problems;
using SearchCluster.Specs.Rules;

namespace SearchCluster.Coordinator.Service;

/// <summary>Takes the finished trials of an earlier search over into a specification; what was taken is part of
/// the journal from then on.</summary>
internal sealed partial class WarmStarts(ManagerClient manager, ILogger<WarmStarts> log)
{
    private const int PageSize = 1_000;

    // A submission travels as one message of at most 4 MiB; a value takes about 30 bytes of it.
    private const int MostValues = 50_000;

    /// <summary>Fills the observations in.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="fileName">Its file, for problems.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The specification with its observations, best first; unchanged without a warm start.</returns>
    /// <exception cref="SearchServiceException">The earlier search does not exist, has another objective, or
    /// none of its trials fits.</exception>
    /// <remarks>
    /// A trial counts when it completed or was stopped early on all of the data with a finite value, and its
    /// configuration is one of the new space: the same active parameters, each inside its domain, not
    /// forbidden. Any other trial is left out.
    /// </remarks>
    public async Task<SearchSpec> FillAsync(SearchSpec spec, string fileName, CancellationToken cancellationToken)
    {
        if (spec.WarmStart is not { } warmStart)
        {
            return spec;
        }

        var earlier = await ReadSpecAsync(warmStart.From, fileName, cancellationToken);
        if ((earlier.Objective.Metric, earlier.Objective.Direction) != (spec.Objective.Metric, spec.Objective.Direction))
        {
            throw Refuse(
                fileName,
                $"warmStart.from is '{warmStart.From}', which is to {Words(earlier.Objective)}, but this search is to "
                    + $"{Words(spec.Objective)}",
                "name a search with the same objective");
        }

        var (taken, finished, misfits) = await TakeAsync(spec, warmStart, earlier, cancellationToken);
        if (taken.Count == 0)
        {
            throw Refuse(
                fileName,
                NothingFits(warmStart.From, finished, misfits),
                "give the space the same parameters with ranges that hold the earlier values, or remove warmStart");
        }

        LogTaken(log, spec.Name, taken.Count, finished, warmStart.From);
        return spec with { WarmStart = warmStart with { Observations = taken.ToValueArray() } };
    }

    private async Task<SearchSpec> ReadSpecAsync(SearchId search, string fileName, CancellationToken cancellationToken)
    {
        try
        {
            return (await manager.AskAsync<SearchSpecView>(new SearchQueries.GetSpec(search), cancellationToken)).Spec;
        }
        catch (SearchServiceException refused) when (refused.Problem.Code == ProblemCodes.NotFound)
        {
            throw Refuse(fileName, $"warmStart.from is '{search}', but there is no such search", "`searchcluster list` shows the searches");
        }
    }

    private async Task<(List<PriorObservation> Taken, int Finished, SpaceMisfits Misfits)> TakeAsync(
        SearchSpec spec, WarmStartSpec warmStart, SearchSpec earlier, CancellationToken cancellationToken)
    {
        var most = Math.Min(warmStart.Top ?? SpecLimits.WarmStart, Math.Max(1, MostValues / spec.Space.Parameters.Count));
        var taken = new List<TrialView>();
        var misfits = new SpaceMisfits(spec.Space);
        var finished = 0;
        var total = 1;
        for (var from = 0; from < total; from += PageSize)
        {
            var page = await manager.AskAsync<TrialPage>(
                new SearchQueries.GetTrials(warmStart.From, from, PageSize, IncludeCurve: false), cancellationToken);
            total = page.Total;
            foreach (var trial in page.Trials)
            {
                if (trial is { State: TrialState.Completed or TrialState.StoppedEarly, DataFraction: null, Objective: { } value }
                    && double.IsFinite(value))
                {
                    finished++;
                    if (spec.Space.Contains(trial.Values))
                    {
                        taken.Add(trial);
                    }
                    else
                    {
                        misfits.Add(trial.Values);
                    }
                }
            }

            // Only the best are kept from page to page, as the earlier search ranks them.
            taken = TrialReader.Best(taken, earlier.Objective.Direction, most, earlier.Objectives);
        }

        return ([.. Ranked(taken, spec.Objective.Direction)], finished, misfits);
    }

    // Whoever learns from them looks at each by itself.
    private static IEnumerable<PriorObservation> Ranked(List<TrialView> trials, Direction direction) =>
        trials.Select(trial => new PriorObservation(trial.Values, trial.Objective!.Value))
            .OrderBy(observation => direction == Direction.Minimize ? observation.Objective : -observation.Objective);

    private static string NothingFits(SearchId search, int finished, SpaceMisfits misfits) => finished == 0
        ? $"warmStart.from is '{search}', which has no finished trial to learn from"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"warmStart.from is '{search}', but none of its {finished:#,0} finished trials lies in the space of this search: "
                + $"{misfits.Describe()}");

    private static string Words(ObjectiveSpec objective) =>
        $"{(objective.Direction == Direction.Minimize ? "minimize" : "maximize")} {objective.Metric}";

    private static SearchServiceException Refuse(string fileName, string message, string help) =>
        Problems.OfSpec(new SpecProblem(SpecCodes.WarmStart, SpecSeverity.Error, fileName, 0, 0, "warmStart.from", message, help));

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Information, Message = "Search {Search}: takes {Count} of {Finished} finished trials of {From} over")]
    private static partial void LogTaken(ILogger logger, SearchId search, int count, int finished, SearchId from);
}
