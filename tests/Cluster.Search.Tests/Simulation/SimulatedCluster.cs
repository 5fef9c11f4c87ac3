namespace SearchCluster.Search.Tests.Simulation;

/// <summary>Fake workers in virtual time: each slot measures its trial so many times, one unit of time apart.</summary>
internal sealed class SimulatedCluster(SearchScenario search, int slots, int measurements, double lossPerStep = 0, ulong seed = 1)
{
    private readonly PriorityQueue<(LeaseKey Lease, TrialAssignment Trial, long Seq), (DateTimeOffset, long)> _running = new();
    private readonly RandomStream _random = new(seed);

    public int Commands { get; private set; }

    public static double Value(ParameterValues values, int resource) =>
        values.Entries.Values.Sum(value => value.TryGetNumber(out var number) ? number * number : 0) + (1.0 / resource);

    public SearchScenario Run()
    {
        Fill();
        while (_running.TryDequeue(out var step, out var due))
        {
            search.Now = due.Item1;
            Take(step.Lease, step.Trial, step.Seq);
            Fill();
        }

        return search;
    }

    private void Take(LeaseKey lease, TrialAssignment trial, long seq)
    {
        Commands++;
        if (_random.NextDouble() < lossPerStep)
        {
            search.Expire(lease);
            return;
        }

        var resource = trial.FromResource + (int)seq;
        if (resource > measurements)
        {
            search.Complete(lease, Value(trial.Values, measurements), seq);
            return;
        }

        search.Measure(lease, seq, resource, Value(trial.Values, resource));
        Enqueue(lease, trial, seq + 1);
    }

    private void Fill()
    {
        search.Suggest(prefetch: 4);
        if (_running.Count < slots && search.State.WorkDemand(search.Now).Groups > 0)
        {
            Commands++;
            foreach (var trial in search.Lease(slots - _running.Count).OfType<TrialAssignment>())
            {
                Enqueue(trial.Lease, trial, 1);
            }
        }
    }

    // Each step takes one to two seconds, so that trials overtake each other.
    private void Enqueue(LeaseKey lease, TrialAssignment trial, long seq) =>
        _running.Enqueue((lease, trial, seq), (search.Now + TimeSpan.FromSeconds(1 + _random.NextDouble()), lease.Fence));
}
