using SearchCluster.Coordinator.Actors;
using SearchCluster.Coordinator.Actors.Workers;
using SearchCluster.Search.State;

namespace SearchCluster.Coordinator.Tests.Actors.Workers;

/// <summary>A search that waits for slots, kept as the search itself would: what it gives is what it has.</summary>
internal sealed class WaitingSearch(SearchId id, int priority, DeviceRequirement device, ValueMap<string>? labels, int most)
{
    public SearchId Id { get; } = id;

    public int Priority { get; set; } = priority;

    public int Waiting { get; set; }

    public int Alone { get; set; }

    public int Running { get; set; }

    /// <summary>Groups that were asked for and not answered.</summary>
    public int Asked { get; set; }

    public int AskedAlone { get; set; }

    public int Most { get; } = most;

    public int Free => Math.Max(0, Most - Running);

    public int Share => Running + Asked + AskedAlone;

    /// <summary>One place is kept for what runs alone, as in the search's own demand.</summary>
    public WorkDemand Demand => new(
        Math.Min(Waiting, Math.Max(0, Free - Math.Min(Alone, 1))), device, labels, Math.Min(Alone, Free));

    public bool Fits(WorkerDescription worker) => Demand.Fits(worker);

    public bool HasWorkFor(WorkerDescription worker) => Demand.Groups > Asked && Fits(worker);

    public LocalMessages.SearchDemand Told => new(Id, IsOver: false, Demand, Running, Priority);
}

/// <summary>A worker's slots.</summary>
internal sealed class FreeWorker(WorkerDescription worker)
{
    public WorkerDescription Worker { get; } = worker;

    public int Busy { get; set; }

    public bool IsTaken { get; set; }

    public bool IsAsking { get; set; }

    public int Available => IsTaken || IsAsking ? 0 : Worker.Slots - Busy;
}

/// <summary>Random searches and workers, and the requests between them in a random order.</summary>
internal sealed class ShareModel
{
    private static readonly DeviceRequirement[] Devices = [DeviceRequirement.Auto, DeviceRequirement.Cpu, DeviceRequirement.Cuda];
    private static readonly ValueMap<string> Room = new([new("room", "a")]);

    private readonly RandomStream _random;
    private readonly FairShare _shares = new();
    private readonly Queue<(FreeWorker Worker, WaitingSearch Search, SearchCommands.LeaseWork Asked)> _open = new();

    public ShareModel(ulong seed, bool isUniform = false)
    {
        _random = new(seed);
        Searches = [.. Enumerable.Range(0, 1 + Below(6)).Select(number => isUniform
            ? new WaitingSearch(new($"s{number}"), 3, DeviceRequirement.Auto, null, most: 1_000) { Waiting = 100 }
            : new WaitingSearch(
                new($"s{number}"), (Below(4) - 1) * 5, Devices[Below(3)], Below(3) == 0 ? Room : null, most: 1 + Below(12))
            {
                Waiting = Below(12),
                Alone = Below(4) == 0 ? 1 + Below(2) : 0,
                Running = Below(4),
            })];
        Workers = [.. Enumerable.Range(0, 1 + Below(5)).Select(number => new FreeWorker(new(
            new($"w{number}"),
            "one",
            new(isUniform || Below(2) == 0 ? "cpu" : "cuda", "test", 0),
            1 + Below(8),
            Below(2) == 0 ? Room : ValueMap<string>.Empty,
            "1.0.0")))];
        Searches.ForEach(search => _shares.Note(search.Told, ActorRefs.Nobody));
    }

    public List<WaitingSearch> Searches { get; }

    public List<FreeWorker> Workers { get; }

    /// <summary>Looks at each choice before it counts: the searches, the worker, the chosen one and how much; alone or not.</summary>
    public Action<WaitingSearch, FreeWorker, int, bool> OnChoice { get; init; } = (_, _, _, _) => { };

    /// <summary>Lets workers ask and searches answer in a random order, until no worker gets anything more.</summary>
    public void Run()
    {
        while (true)
        {
            var asking = Workers.Where(worker => worker.Available > 0).ToList();
            if (_open.Count > 0 && (asking.Count == 0 || Below(2) == 0))
            {
                Answer();
            }
            else if (asking.Count == 0 || (!Ask(asking[Below(asking.Count)]) && !asking.Exists(Ask) && _open.Count == 0))
            {
                return;
            }
            else if (_open.Count > 0)
            {
                Answer();
            }
        }
    }

    public bool Ask(FreeWorker worker)
    {
        if (worker.Busy == 0 && _shares.TakeAlone(worker.Worker) is { } alone)
        {
            Open(worker, alone.Search, 1, isAlone: true);
            return true;
        }

        if (_shares.Take(worker.Worker, worker.Available) is { } choice)
        {
            Open(worker, choice.Search, choice.Groups, isAlone: false);
            return true;
        }

        return false;
    }

    private void Open(FreeWorker worker, SearchId id, int groups, bool isAlone)
    {
        var search = Searches.Single(one => one.Id == id);
        OnChoice(search, worker, groups, isAlone);
        (search.Asked, search.AskedAlone) = (search.Asked + (isAlone ? 0 : groups), search.AskedAlone + (isAlone ? groups : 0));
        worker.IsAsking = true;
        _open.Enqueue((worker, search, new(id, worker.Worker, groups, isAlone)));
    }

    // A search gives what it has, at times less than it was asked for; its demand is told before its answer.
    private void Answer()
    {
        var (worker, search, asked) = _open.Dequeue();
        var free = asked.Alone ? search.Demand.Alone : search.Demand.Groups;
        var given = Math.Min(asked.Slots, Below(5) == 0 ? Below(free + 1) : free);
        (search.Waiting, search.Alone) = (search.Waiting - (asked.Alone ? 0 : given), search.Alone - (asked.Alone ? given : 0));
        (search.Asked, search.AskedAlone) =
            (search.Asked - (asked.Alone ? 0 : asked.Slots), search.AskedAlone - (asked.Alone ? asked.Slots : 0));
        search.Running += given;
        _shares.Note(search.Told, ActorRefs.Nobody);
        _shares.Settle(asked, given);
        (worker.Busy, worker.IsAsking) = (worker.Busy + given, false);
        worker.IsTaken |= asked.Alone && given > 0;
        if (given == 0)
        {
            // Nothing changes by itself; a search that changed tells it, and is asked again.
            _shares.Note(search.Told, ActorRefs.Nobody);
        }
    }

    private int Below(int bound) => (int)_random.NextBelow((ulong)bound);
}
