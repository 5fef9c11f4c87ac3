namespace SearchCluster.Search.Tests.Searches.Journals;

/// <summary>A journal says what each sampler saw: a new one that sees the same suggests the same.</summary>
public sealed class SuggestionReplayTests
{
    private const int Slots = 3;

    public static TheoryData<string> Learning =>
    [
        .. SamplerCatalog.Descriptors
            .Where(sampler => sampler is { LearnsFromTrials: true, Name: not "coarse-to-fine" })
            .Select(sampler => sampler.Name),
    ];

    [Theory]
    [MemberData(nameof(Learning))]
    [Trait("Promise", "R10")]
    public void Each_suggestion_is_found_again_from_the_journal_alone(string algorithm)
    {
        var search = Play(Spec(algorithm));
        var states = States(search.Journal);

        var found = 0;
        for (var i = 1; i < search.Journal.Count; i++)
        {
            if (search.Journal[i] is SearchEvents.TrialSuggested suggested)
            {
                var seen = Seen(states.Take(i), suggested);
                var sampler = SamplerCatalog.Create(search.Spec);

                var again = sampler.Suggest(SearchView.Of(seen), new SuggestionContext(suggested.TrialId, 1, search.Spec.Seed));

                again.Suggestions[0].Values.ShouldBe(suggested.Values, $"{suggested.TrialId}: {suggested.Origin}");
                again.Suggestions[0].Origin.ShouldBe(suggested.Origin);
                found++;
            }
        }

        found.ShouldBe(search.Spec.Budget.Trials!.Value);
    }

    // Results come between the question and the answer, as they do when the sampler computes while trials run.
    private static SearchScenario Play(SearchSpec spec)
    {
        var search = new SearchScenario(spec);
        var running = new Queue<TrialAssignment>();
        while (!search.State.IsOver)
        {
            var wanted = search.State.SuggestionsWanted(prefetch: 1);
            var batch = wanted.Count == 0
                ? null
                : search.Sampler.Suggest(SearchView.Of(search.State), new SuggestionContext(wanted.First, 1, spec.Seed));
            if (running.Count == Slots || (batch is null && running.Count > 0))
            {
                var done = running.Dequeue();
                search.Complete(done.Lease, Value(done.Values));
            }

            if (batch is not null)
            {
                search.Send(new SearchCommands.RecordSuggestions(
                    spec.Name, wanted.First, batch.Suggestions.ToValueArray(), batch.Exhausted));
            }

            search.Lease(Slots - running.Count).OfType<TrialAssignment>().ToList().ForEach(running.Enqueue);
        }

        return search;
    }

    private static List<SearchState> States(IEnumerable<ISearchEvent> journal)
    {
        SearchState? state = null;
        return [.. journal.Select(e => state = SearchEvolver.Apply(state, e))];
    }

    // What the event says that was seen; suggestions that learned nothing yet say nothing, and depend on nothing.
    private static SearchState Seen(IEnumerable<SearchState> before, SearchEvents.TrialSuggested suggested)
    {
        List<SearchState> known = [.. before.Where(state => state.Trials.Count == suggested.TrialId.Number)];
        return known.FindLast(state => state.Counts.Finished == suggested.Origin.Observed
            && SearchView.Of(state).PendingCount == suggested.Origin.Pending) ?? known[^1];
    }

    private static double Value(ParameterValues values) =>
        values.Entries.Values.Sum(value => value.TryGetNumber(out var number) ? Math.Abs(number - 0.3) : value.ToString().Length);

    private static SearchSpec Spec(string algorithm) => TestSpecs.Spec(trials: 40) with
    {
        Algorithm = new AlgorithmSpec(algorithm, ParameterValues.Empty),
        Space = new SearchSpace(
        [
            new("x", new RealDomain(-1, 1)),
            new("lr", new RealDomain(1e-4, 1, IsLog: true)),
            new("layers", new IntegerDomain(1, 6)),
            new("kind", new ItemDomain([ParameterValue.Text("a"), ParameterValue.Text("bb"), ParameterValue.Text("ccc")])),
        ]),
    };
}
