using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Tests.Fakes;

/// <summary>Searches, trials and clusters as a coordinator would describe them.</summary>
internal static class Sample
{
    public static SearchId Digits { get; } = new("digits");

    public static ObjectiveSpec Objective { get; } = new("val/loss", Direction.Minimize);

    public static SearchSpec Spec { get; } = new()
    {
        Name = Digits,
        Workload = new WorkloadSpec("mlp", ParameterValues.Empty),
        Objective = Objective,
        Space = new SearchSpace([new("learningRate", new RealDomain(1e-5, 1, IsLog: true))]),
        Budget = new BudgetSpec(30),
        Algorithm = new AlgorithmSpec("random", ParameterValues.Empty),
    };

    public static ParameterValues Values(double learningRate = 0.001234567890123, string activation = "relu") => new(
    [
        KeyValuePair.Create("activation", ParameterValue.Text(activation)),
        KeyValuePair.Create("hiddenSize", ParameterValue.Integer(64)),
        KeyValuePair.Create("learningRate", ParameterValue.Real(learningRate)),
    ]);

    public static TrialView Trial(
        int number, TrialState state = TrialState.Completed, double? objective = 0.125, ParameterValues? values = null)
    {
        var metrics = Metrics(("val/accuracy", 0.975), ("val/loss", objective ?? double.NaN));
        var isOver = state is TrialState.Completed or TrialState.StoppedEarly;
        return new()
        {
            TrialId = new(number),
            State = state,
            Values = values ?? Values(),
            Seed = 17,
            Origin = new SuggestionOrigin("random"),
            Attempts = 1,
            WorkerId = new WorkerId("box-cpu"),
            Objective = objective,
            Result = isOver ? new TrialResult(objective ?? double.NaN, 8, 12, metrics, TimeSpan.FromSeconds(4.5), HasModel: true) : null,
            Latest = objective is null ? null : new Measurement(12, metrics, TimeSpan.FromSeconds(4.5)),
            TrainingStop = isOver ? TrainingStop.Patience : null,
            Failure = state == TrialState.Failed ? new AttemptFailure(TrialFailureKind.Diverged, "The loss became NaN in epoch 3.") : null,
            SuggestedAt = ImpatientClock.Start.AddMinutes(-3),
            StartedAt = state == TrialState.Waiting ? null : ImpatientClock.Start.AddMinutes(-2),
            EndedAt = isOver ? ImpatientClock.Start.AddMinutes(-1) : null,
        };
    }

    public static ValueMap<double> Metrics(params (string Name, double Value)[] metrics) =>
        new(metrics.Select(m => KeyValuePair.Create(m.Name, m.Value)));

    public static EnsembleReport Ensemble { get; } = new(
        [new(3), new(0), new(7)],
        EnsembleCombination.MeanProbability,
        Metrics(("test/accuracy", 0.9805), ("test/loss", 0.0712), ("val/accuracy", 0.9777), ("val/loss", 0.0801)),
        Metrics(("test/accuracy", 0.9749), ("test/loss", 0.0698), ("val/accuracy", 0.9749), ("val/loss", 0.0911)),
        "searches/digits/ensemble");

    public static SearchSummary Summary(
        SearchLifecycle state = SearchLifecycle.Running, TrialView? best = null, string name = "digits") => new(
        new(name),
        state,
        new TrialCounts(Waiting: 1, Running: 2, Paused: 0, Completed: 9, StoppedEarly: 1, Failed: 1, Skipped: 0),
        TrialBudget: 30,
        best ?? Trial(3),
        Objective,
        ImpatientClock.Start.AddMinutes(-5),
        state is SearchLifecycle.Completed or SearchLifecycle.Stopped or SearchLifecycle.Failed
            ? ImpatientClock.Start.AddMinutes(-1)
            : null,
        new ValueMap<string>([KeyValuePair.Create("team", "vision")]));

    public static SearchDetail Detail(SearchLifecycle state = SearchLifecycle.Running, string name = "digits")
    {
        var summary = Summary(state, name: name);
        var isOver = summary.EndedAt is not null;
        return new()
        {
            SearchId = new(name),
            Summary = summary,
            Budget = new BudgetSpec(Trials: 30, Time: TimeSpan.FromHours(1)),
            Concurrency = 2,
            Algorithm = "random",
            Workload = "mlp",
            Seed = 42,
            ActiveTime = TimeSpan.FromSeconds(110),
            DeviceTime = TimeSpan.FromSeconds(200),
            Epochs = 321,
            EndReason = isOver ? SearchEndReason.Trials : null,
            EndExplanation = isOver ? "All 30 trials of the budget are done." : null,
            Running = isOver ? [] : [Trial(11, TrialState.Running, 0.25), Trial(12, TrialState.Running, null)],
            Ensemble = state == SearchLifecycle.Completed ? Ensemble : null,
            EnsembleState = state == SearchLifecycle.Completed ? EnsembleProgress.Built : EnsembleProgress.Planned,
            TraceId = "0af7651916cd43dd8448eb211c80319c",
            History = [new ImprovementView(new(3), 0.125, 4, ImpatientClock.Start.AddMinutes(-2))],
            Revision = isOver ? 99 : 50,
        };
    }

    public static ClusterView Cluster => new(
        "1.2.3",
        ImpatientClock.Start.AddHours(-1),
        [new WorkerView(Worker, [new LeaseKey(Digits, WorkItem.Trial(new(11)), 1, 5)], ImpatientClock.Start.AddSeconds(-2))],
        Searches: 1);

    private static WorkerDescription Worker =>
        new(
            new("box-cpu"),
            "incarnation",
            new DeviceDescription("cpu", "CPU, 2 cores", 4L << 30),
            Slots: 2,
            ValueMap<string>.Empty,
            "1.2.3");
}
