using Akka.Actor;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Coordinator.Actors.Workers;

/// <summary>Wishes that workers take no more work, or work again, until the workers have said that they do.</summary>
/// <remarks>A worker keeps the answer in its own folder, so nothing is lost with this coordinator but wishes that nobody was told
/// of.</remarks>
internal sealed class WorkerDrains
{
    private readonly Dictionary<WorkerId, Wish> _wishes = [];

    /// <summary>Tells whether a worker is to be given nothing, because it was just told to take no more.</summary>
    /// <param name="worker">Its name; one without a wish is given work.</param>
    public bool IsWished(WorkerId worker) => _wishes.TryGetValue(worker, out var wish) && wish.Command.IsDrained;

    /// <summary>Takes a wish up; a later one of the same worker takes the place of an earlier, whose askers are answered with it.</summary>
    /// <param name="command">The wish.</param>
    /// <param name="worker">The worker; null when there is none.</param>
    /// <param name="asker">Who is answered.</param>
    /// <param name="known">Names of all workers.</param>
    public void Ask(
        SearchManagerProtocol.DrainWorker command, WorkerEntry? worker, IActorRef asker, IEnumerable<WorkerId> known)
    {
        if (worker is null)
        {
            asker.Tell(new DrainAnswer(null, Unknown(command.WorkerId, [.. known.Select(name => name.Value)])));
            return;
        }

        var askers = _wishes.TryGetValue(command.WorkerId, out var earlier) ? earlier.Askers : [];
        askers.Add(asker);
        var wish = _wishes[command.WorkerId] = new(command, askers);
        if (!IsFulfilled(wish, worker))
        {
            Say(wish, worker);
        }
        else
        {
            Answer(wish, worker);
        }
    }

    /// <summary>A worker said hello: it has done what was wished, or is told once more.</summary>
    /// <param name="worker">As its hello told.</param>
    public void Heard(WorkerEntry worker)
    {
        if (!_wishes.TryGetValue(worker.Worker.WorkerId, out var wish))
        {
            return;
        }

        if (IsFulfilled(wish, worker))
        {
            Answer(wish, worker);
        }
        else if (wish is { Command.IsDrained: false, WasSaid: true } && worker.Drain?.Trouble is { } trouble)
        {
            End(wish, new(worker.View(), $"Worker {worker.Worker.WorkerId} stays drained: {trouble}"));
        }
        else
        {
            Say(wish, worker);
        }
    }

    /// <summary>A worker is gone.</summary>
    /// <param name="worker">Its name; whoever waits for it is answered.</param>
    public void Gone(WorkerId worker)
    {
        if (_wishes.TryGetValue(worker, out var wish))
        {
            End(wish, new(null, $"Worker {worker} left before it answered."));
        }
    }

    private static bool IsFulfilled(Wish wish, WorkerEntry worker) => wish.Command switch
    {
        { IsDrained: false } => worker.Drain is null,
        { GiveBack: true } => worker.Drain is { GivesBack: true },
        _ => worker.Drain is not null,
    };

    private static void Say(Wish wish, WorkerEntry worker)
    {
        wish.WasSaid = true;
        worker.Reference.Tell(new WorkerProtocol.SetDrain(wish.Command.WorkerId, wish.Command.IsDrained, wish.Command.GiveBack));
    }

    private void Answer(Wish wish, WorkerEntry worker) => End(wish, new(worker.View()));

    private void End(Wish wish, DrainAnswer answer)
    {
        _wishes.Remove(wish.Command.WorkerId);
        wish.Askers.ForEach(asker => asker.Tell(answer));
    }

    private static string Unknown(WorkerId worker, IReadOnlyList<string> known) => known.Count == 0
        ? $"There is no worker named {worker}; none is connected."
        : $"There is no worker named {worker}; connected are {string.Join(", ", known.Order(StringComparer.Ordinal).Take(20))}.";

    private sealed class Wish(SearchManagerProtocol.DrainWorker command, List<IActorRef> askers)
    {
        public SearchManagerProtocol.DrainWorker Command => command;

        public List<IActorRef> Askers => askers;

        public bool WasSaid { get; set; }
    }
}
