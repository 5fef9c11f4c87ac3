using System.Text.Json;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Search.Tests.Searches.Journals;

/// <summary>Journals of released versions stay readable: one line for each event, its manifest, a tab and its JSON.</summary>
public sealed class GoldenJournalTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fixtures", "journals");

    /// <summary>A life in which every kind of event happens.</summary>
    private static SearchScenario Story()
    {
        var search = new SearchScenario(TestSpecs.Spec(4, "top-k"), new Scheduling.PauseAtTwoScheduler()).Suggest();
        var leases = search.Lease(slots: 4).Select(assignment => assignment.Lease).ToArray();
        search.Measure(leases[0], 1, 1, 0.5);
        search.Expire(leases[0]);
        search.Measure(leases[1], 1, 1, double.NaN);
        search.Report(leases[1], 2, TestSpecs.Failed(TrialFailureKind.Diverged));
        search.Now += TimeSpan.FromMinutes(1);
        search.Send(new SearchCommands.MarkRecovered(TestSpecs.Id));
        PauseAtTwo(search, leases[2], 0.3);
        PauseAtTwo(search, leases[3], 0.4);
        search.Send(new SearchCommands.PauseSearch(TestSpecs.Id));
        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, AdditionalTrials: 1));
        var again = search.LeaseOne();
        search.Measure(again, 1, 1, 0.5);
        search.Complete(again, 0.5, seq: 2);
        PauseAtTwo(search, search.Suggest().LeaseOne(), 0.2);
        search.Complete(search.LeaseOne(), 0.2);
        var report = new EnsembleReport(
            [new TrialId(4), new TrialId(2)],
            EnsembleCombination.MeanProbability,
            ValueMap<double>.Empty,
            ValueMap<double>.Empty,
            "searches/test/ensemble");
        search.Report(search.LeaseOne(), 1, new EnsembleCompleted(report));
        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, AdditionalTrials: 1));
        search.Send(new SearchCommands.RecordSuggestions(TestSpecs.Id, new TrialId(5), [], "The space is used up."));
        search.Report(search.LeaseOne(), 1, TestSpecs.Failed(TrialFailureKind.WorkloadError));
        return search;
    }

    private static void PauseAtTwo(SearchScenario search, LeaseKey lease, double value)
    {
        search.Measure(lease, 1, 2, value);
        search.Report(lease, 2, new AttemptHalted(2, TestSpecs.Result(value, 2)));
    }

    [Fact]
    public void The_story_holds_every_kind_of_event()
    {
        var kinds = typeof(SearchEvents).GetNestedTypes().Where(type => typeof(ISearchEvent).IsAssignableFrom(type));

        // The story is the first release's; what later ones added has its golden file in tests/fixtures/wire and tests of its own.
        Story().Journal
            .Select(e => e.GetType())
            .Distinct()
            .ShouldBe(
                kinds.Except([
                    typeof(SearchEvents.SpaceNarrowed),
                    typeof(SearchEvents.EnsembleMemberFinished),
                    typeof(SearchEvents.WarningReported),
                    typeof(SearchEvents.SearchRestarted),
                    typeof(SearchEvents.SearchRetried),
                    typeof(SearchEvents.DataMoved),
                    typeof(SearchEvents.SearchPrioritised),
                ]),
                ignoreOrder: true);
    }

    [Fact]
    public void The_first_release_replays_to_its_state()
    {
        var events = File.ReadLines(Path.Combine(Folder, "v1.jsonl")).Select(Read).ToArray();

        var state = events.Aggregate((SearchState?)null, SearchEvolver.Apply)!;

        state.Revision.ShouldBe(events.Length);
        StateComparison.ShouldBeEqual(state, FirstRelease().Aggregate((SearchState?)null, SearchEvolver.Apply)!);
    }

    [Fact]
    public void The_first_release_writes_the_same_bytes()
    {
        FirstRelease().Select(Write).ShouldBe(File.ReadLines(Path.Combine(Folder, "v1.jsonl")));
    }

    // It did not note how a worker was lost, and charged each loss to the trial; the trials of one batch did not know of each other.
    private static IEnumerable<ISearchEvent> FirstRelease() => Story().Journal.Select<ISearchEvent, ISearchEvent>(e => e switch
    {
        SearchEvents.AttemptEnded { Loss: not null, Failure: { } failure } lost =>
            lost with { Loss = null, Failure = failure with { Message = failure.Message.Split(" Other trials ran")[0] } },
        SearchEvents.TrialSuggested { TrialId.Number: < 4 } suggested =>
            suggested with { Origin = suggested.Origin with { Pending = 0 } },
        _ => e,
    });

    private static string Write(ISearchEvent e) =>
        ContractManifests.ByType[e.GetType()] + "\t" + JsonSerializer.Serialize(e, e.GetType(), ContractsJsonContext.Default);

    private static ISearchEvent Read(string line) => line.Split('\t', 2) is [var manifest, var json]
        ? (ISearchEvent)JsonSerializer.Deserialize(json, ContractManifests.ByManifest[manifest], ContractsJsonContext.Default)!
        : throw new InvalidDataException($"Not a line of a journal: {line}");
}
