using System.Text.Json;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Search.Tests.Searches;

/// <summary>Journals of released versions stay readable: one line for each event, its manifest, a tab and its JSON.</summary>
public sealed class GoldenJournalTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fixtures", "journals");

    private static SearchScenario Story()
    {
        var search = new SearchScenario(TestSpecs.Spec(3, "top-k"), new Scheduling.PauseAtTwoScheduler()).Suggest();
        var leases = search.Lease(slots: 3).Select(assignment => assignment.Lease).ToArray();
        search.Measure(leases[0], 1, 1, 0.5);
        search.Expire(leases[0]);
        search.Measure(leases[1], 1, 1, double.NaN);
        search.Report(leases[1], 2, TestSpecs.Failed(TrialFailureKind.Diverged));
        search.Now += TimeSpan.FromMinutes(1);
        search.Send(new SearchCommands.MarkRecovered(TestSpecs.Id));
        search.Measure(leases[2], 1, 2, 0.3);
        search.Report(leases[2], 2, new AttemptHalted(2, TestSpecs.Result(0.3, 2)));
        search.Send(new SearchCommands.PauseSearch(TestSpecs.Id));
        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, AdditionalTrials: 1));
        var again = search.LeaseOne();
        search.Measure(again, 1, 1, 0.5);
        search.Complete(again, 0.5, seq: 2);
        search.Suggest();
        search.Measure(search.LeaseOne(), 1, 2, 0.4);
        var open = search.State.OpenLeases.Single().Lease;
        search.Report(open, 2, new AttemptHalted(2, TestSpecs.Result(0.4, 2)));
        return search;
    }

    [Fact]
    public void The_first_release_replays_to_its_state()
    {
        var events = File.ReadLines(Path.Combine(Folder, "v1.jsonl")).Select(Read).ToArray();

        var state = events.Aggregate((SearchState?)null, SearchEvolver.Apply)!;

        state.Revision.ShouldBe(events.Length);
        StateComparison.ShouldBeEqual(state, Story().State);
    }

    [Fact]
    public void The_first_release_writes_the_same_bytes()
    {
        string.Join('\n', Story().Journal.Select(Write)).ShouldBe(File.ReadAllText(Path.Combine(Folder, "v1.jsonl")).TrimEnd('\n'));
    }

    private static string Write(ISearchEvent e) =>
        ContractManifests.ByType[e.GetType()] + "\t" + JsonSerializer.Serialize(e, e.GetType(), ContractsJsonContext.Default);

    private static ISearchEvent Read(string line) => line.Split('\t', 2) is [var manifest, var json]
        ? (ISearchEvent)JsonSerializer.Deserialize(json, ContractManifests.ByManifest[manifest], ContractsJsonContext.Default)!
        : throw new InvalidDataException($"Not a line of a journal: {line}");
}
