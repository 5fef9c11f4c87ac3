using System.Text.Json;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Search.Tests.Simulation;

/// <summary>Nothing else runs beside what weighs the heap.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Weighed;

/// <summary>What a search of many trials holds after a recovery.</summary>
[Collection(typeof(Weighed))]
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const int Trials = 10_000;
    private const int MostBytesOfTrial = 2_000;

    [Fact]
    [Trait("Promise", "R25")]
    public void A_finished_trial_takes_at_most_two_thousand_bytes()
    {
        var json = Written();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var state = SearchSnapshots.FromSnapshot(JsonSerializer.Deserialize(json, ContractsJsonContext.Default.SearchSnapshot)!);

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Trials;
        state.Counts.Completed.ShouldBe(Trials);
        output.WriteLine($"{bytes} bytes a trial");
        bytes.ShouldBeInRange(100, MostBytesOfTrial);
        GC.KeepAlive(json);
    }

    private static byte[] Written()
    {
        var search = new SimulatedCluster(new SearchScenario(TestSpecs.Spec(Trials)), slots: 16, measurements: 1).Run();
        return JsonSerializer.SerializeToUtf8Bytes(
            SearchSnapshots.ToSnapshot(search.State), ContractsJsonContext.Default.SearchSnapshot);
    }
}
