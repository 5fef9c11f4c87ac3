namespace SearchCluster.Coordinator.Tests.Fixtures;

/// <summary>A worker that is done with everything at once: a trial's value is its first number, sorted by name.</summary>
internal sealed class InstantWorkerActor(IActorRef manager, WorkerDescription worker) : UntypedActor, IWithTimers
{
    private long _requests;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer("hello", new WorkerProtocol.WorkerHello(worker, []), TimeSpan.Zero, TimeSpan.FromSeconds(3));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WorkerProtocol.WorkerHello hello:
                manager.Tell(hello);
                break;
            case WorkerProtocol.WorkerWelcome when _requests == 0:
                Request(worker.Slots);
                break;
            case WorkerProtocol.WorkAssigned assigned:
                foreach (var item in assigned.Groups.SelectMany(group => group.Items))
                {
                    Run(item);
                }

                Request(assigned.Groups.Count);
                break;
        }
    }

    private void Request(int freeSlots) =>
        manager.Tell(new WorkerProtocol.RequestWork(worker.WorkerId, worker.Incarnation, ++_requests, freeSlots));

    private void Run(WorkAssignment assignment)
    {
        if (assignment is EnsembleAssignment ensemble)
        {
            var values = TestWorker.Values(0.1);
            var report = new EnsembleReport(
                ensemble.Members.Select(member => member.TrialId).ToValueArray(),
                ensemble.Ensemble.Combine,
                values,
                values,
                ArtifactPaths.Ensemble(ensemble.Lease.SearchId));
            manager.Tell(new SearchCommands.ReportOutcome(ensemble.Lease, 1, new EnsembleCompleted(report), null));
            return;
        }

        if (assignment is MemberAssignment)
        {
            manager.Tell(new SearchCommands.ReportOutcome(assignment.Lease, 1, new MemberCompleted(), null));
            return;
        }

        var trial = (TrialAssignment)assignment;
        var value = trial.Values.Entries.Values.Select(entry => entry.TryGetNumber(out var number) ? number : 0).First();
        var metrics = new ValueMap<double>([new(trial.Plan.Objective.Metric, value)]);
        manager.Tell(new SearchCommands.ReportMeasurement(trial.Lease, 1, new Measurement(1, metrics, TimeSpan.Zero), null));
        var result = new TrialResult(value, 1, 1, metrics, TimeSpan.Zero, HasModel: true);
        manager.Tell(new SearchCommands.ReportOutcome(trial.Lease, 2, new AttemptCompleted(result, TrainingStop.AllEpochs), null));
    }
}
