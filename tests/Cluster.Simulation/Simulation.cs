using SearchCluster.Simulation.Bugs;
using SearchCluster.Simulation.Checks;
using SearchCluster.Simulation.Engine;
using SearchCluster.Simulation.Faults;
using SearchCluster.Simulation.Nodes;

namespace SearchCluster.Simulation;

/// <summary>One search of 30 trials on four workers, with all that a seed lets go wrong.</summary>
internal static class Simulation
{
    // After the last blow: leases that have to end, back-off, resending, and all 30 trials one after the other.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Runs a seed.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="bug">What is planted; null for nothing.</param>
    /// <param name="isTracing">Whether events are kept.</param>
    public static SimulationResult Run(ulong seed, PlantedBug? bug = null, bool isTracing = false)
    {
        var world = new World(seed, isTracing);
        var plan = SearchPlan.Of(world);
        return Run(world, plan, FaultProfile.Of(world), bug ?? PlantedBug.None, seed);
    }

    internal static SimulationResult RunQuiet(int plan) =>
        Run(new World(1, isTracing: false), SearchPlan.Quiet(plan), FaultProfile.Quiet, PlantedBug.None, seed: 1);

    private static SimulationResult Run(World world, SearchPlan plan, FaultProfile faults, PlantedBug bug, ulong seed)
    {
        World.Current = world;
        using var folder = new SimFolder();
        var cluster = new SimCluster(world, plan, faults, bug, folder.Path);
        var (ledger, client) = (cluster.Ledger, new SimClient(cluster));
        world.Note($"seed {seed}, plan {plan.Number}, {faults}, blows [{string.Join(", ", faults.Blows)}]");
        cluster.Coordinator.Start();
        foreach (var worker in cluster.Workers)
        {
            world.At(world.Between(0, 3), null, worker.Start);
        }

        client.Submit();
        new Nemesis(cluster, client).Begin();
        var isOver = world.RunUntil(
            () => ledger.Violation is not null || (ledger.State is { IsOver: true } && cluster.Workers.All(worker => worker.IsDelivered)),
            Limit);
        if (!isOver)
        {
            ledger.Violate("liveness", $"not over after {Limit}: {ledger.State?.Lifecycle} {ledger.State?.Counts}");
        }

        if (ledger.Violation is null)
        {
            CheckEnd(cluster, client);
        }

        foreach (var worker in cluster.Workers)
        {
            worker.Close();
        }

        return new(seed, plan, ledger.Violation, world.Events, world.Now, ledger.State, world.Trace);
    }

    private static void CheckEnd(SimCluster cluster, SimClient client)
    {
        cluster.Ledger.CheckEnd();
        cluster.Journal.MayFail = false;
        var isAnswered = false;
        client.AskTrials(page =>
        {
            isAnswered = true;
            if (!page.Equals(client.TrialsOfJournal()))
            {
                cluster.Ledger.Violate("replay", "the live search shows other trials than its journal leads to");
            }
        });
        cluster.World.RunUntil(() => isAnswered || cluster.Ledger.Violation is not null, cluster.World.Now + Limit);
        if (!isAnswered)
        {
            cluster.Ledger.Violate("liveness", "the search does not answer at its end");
        }

        if (cluster.Plan is { IsIndependent: true, IsQuiet: false } && QuietRuns.Of(cluster.Plan.Number) is var quiet
            && !quiet.SequenceEqual(QuietRuns.Results(cluster.Ledger.State!)))
        {
            cluster.Ledger.Violate("R09", "trials or losses differ from those of a quiet run");
        }
    }
}

/// <summary>What became of a seed.</summary>
/// <param name="Seed">Decides everything that chance decides.</param>
/// <param name="Plan">What was searched.</param>
/// <param name="Violation">The first thing that must not be; null for none.</param>
/// <param name="Events">Turns of actors and timers.</param>
/// <param name="Time">Virtual time that it took.</param>
/// <param name="State">What the journal led to.</param>
/// <param name="Trace">Its events; empty where nobody traced.</param>
internal sealed record SimulationResult(
    ulong Seed,
    SearchPlan Plan,
    Violation? Violation,
    long Events,
    TimeSpan Time,
    Search.State.SearchState? State,
    IReadOnlyList<string> Trace);
