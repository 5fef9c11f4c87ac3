using SearchCluster.Contracts.Api;
using SearchCluster.Search.View;
using SearchCluster.Simulation.Engine;

namespace SearchCluster.Simulation.Nodes;

/// <summary>A person: submits, and says again what was not answered.</summary>
/// <param name="cluster">Whom to tell.</param>
internal sealed class SimClient(SimCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, int> _wishes = new(StringComparer.Ordinal);

    /// <summary>Says something until it is answered as hoped, or a newer wish takes its place.</summary>
    /// <param name="wish">What it is about.</param>
    /// <param name="message">A command or a question.</param>
    /// <param name="isAnswer">Tells whether an answer is what was hoped for.</param>
    /// <param name="then">Called once, with it.</param>
    public void Say(string wish, object message, Func<object, bool> isAnswer, Action<object>? then = null)
    {
        var number = _wishes[wish] = _wishes.GetValueOrDefault(wish) + 1;
        bool IsOld() => _wishes[wish] != number;
        var isDone = false;
        void Again()
        {
            if (isDone || IsOld())
            {
                return;
            }

            cluster.Coordinator.Manager?.Tell(message, SimRef.Local(cluster.System, "client", (answer, _) =>
            {
                if (!isDone && !IsOld() && isAnswer(answer))
                {
                    isDone = true;
                    cluster.World.Note($"client: {message.GetType().Name} is answered by {answer.GetType().Name}");
                    then?.Invoke(answer);
                }
            }));
            cluster.World.At(Patience, null, Again);
        }

        cluster.World.Note($"client says {message.GetType().Name}");
        Again();
    }

    public void Submit() => Say(
        "submit",
        new SearchCommands.SubmitSearch(cluster.Plan.Spec.Name, cluster.Plan.Spec, "# simulated", null),
        answer => answer is SearchReplies.CommandAccepted);

    public void Pause(bool isPaused) => Say(
        "pause",
        isPaused ? new SearchCommands.PauseSearch(cluster.Plan.Spec.Name) : new SearchCommands.ResumeSearch(cluster.Plan.Spec.Name),
        answer => answer is SearchReplies.CommandAccepted
            || (answer is SearchReplies.CommandRejected && cluster.Ledger.State is { IsOver: true }));

    public void Drain(SimWorker worker, bool isDrained)
    {
        cluster.Ledger.Drained.Remove(worker.Id);
        Say(
            worker.Name,
            new SearchManagerProtocol.DrainWorker(worker.Id, isDrained, isDrained && cluster.World.Chance(0.5)),
            answer => worker.IsGone || answer is DrainAnswer { Worker: { } view } && view.Drain is null != isDrained,
            answer =>
            {
                if (isDrained && !worker.IsGone)
                {
                    cluster.Ledger.Drained[worker.Id] = cluster.World.Now;
                }
            });
    }

    /// <summary>Asks what the coordinator shows of the trials.</summary>
    public void AskTrials(Action<TrialPage> then) => Say(
        "trials",
        new SearchQueries.GetTrials(cluster.Plan.Spec.Name, 0, 10_000, IncludeCurve: true),
        answer => answer is TrialPage,
        answer => then((TrialPage)answer));

    /// <summary>The same, of what the journal holds.</summary>
    public TrialPage TrialsOfJournal() => SearchProjection.Trials(
        cluster.Ledger.State!, new SearchQueries.GetTrials(cluster.Plan.Spec.Name, 0, 10_000, IncludeCurve: true));
}
