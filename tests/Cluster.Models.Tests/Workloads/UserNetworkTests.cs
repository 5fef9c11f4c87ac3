using SearchCluster.Artifacts;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Workloads;

/// <summary>What a user's own workload does wrong is told in one sentence that names the place.</summary>
public sealed class UserNetworkTests
{
    [Theory]
    [InlineData(
        12,
        "answers 64 rows with float32 of shape [64, 12], but its task reads float32 of shape [64, 10]: for each row a score of each of the "
            + "10 classes")]
    [InlineData(1, "float32 of shape [64, 1]")]
    public void An_output_of_another_shape_is_refused_at_the_first_batch(int outputs, string expected)
    {
        var run = Run(new UserWorkload { Network = context => nn.Linear(64, outputs, device: context.Device) });

        run.Failure.Kind.ShouldBe(TrialFailureKind.Misconfigured);
        run.Failure.Message.ShouldContain(expected);
        run.Reports.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(INetworkWorkload.Build))]
    [InlineData(nameof(INetworkWorkload.CreateTask))]
    [InlineData(nameof(INetworkWorkload.Recipe))]
    [InlineData(nameof(INetworkWorkload.LoadData))]
    [InlineData(nameof(ITask.Loss))]
    [InlineData(nameof(ITask.Statistics))]
    [InlineData(nameof(ITask.Scores))]
    [InlineData("forward")]
    public void A_member_that_returns_null_is_named(string member)
    {
        var failure = Run(new UserWorkload { Nothing = member }).Failure;

        failure.Kind.ShouldBe(TrialFailureKind.Misconfigured, failure.ToString());
        failure.Message.ShouldContain(member);
        failure.Message.ShouldContain("'mine' (UserWorkload) returned null");
        failure.Detail.ShouldBeNull();
    }

    [Fact]
    public void A_computed_workload_that_returns_nothing_is_named() =>
        Trials.Run(
            Trials.Assignment(ParameterValues.Empty, Plan()),
            executor: new WorkExecutor(workloads: new WorkloadCatalog(new NothingComputed()))).Failure.Message
            .ShouldContain("Run of workload 'mine' (NothingComputed) returned null");

    [Fact]
    public void Weights_from_the_generator_of_all_trials_are_told_once()
    {
        var executor = new WorkExecutor(
            workloads: new WorkloadCatalog(new UserWorkload { Network = context => nn.Linear(64, 10, device: context.Device) }));

        var first = Trials.Run(Trials.Assignment(ParameterValues.Empty, Plan()), executor: executor);
        var second = Trials.Run(Trials.Assignment(ParameterValues.Empty, Plan(), trial: 1), executor: executor);

        first.Warnings.Count(warning => warning.Contains("draws from libtorch's global generator", StringComparison.Ordinal)).ShouldBe(1);
        first.Warnings.ShouldContain(warning => warning.Contains("'weight'", StringComparison.Ordinal)
            && warning.Contains("InitialWeights", StringComparison.Ordinal));
        second.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Dropout_from_the_generator_of_all_trials_is_told()
    {
        var run = Run(new UserWorkload
        {
            Network = context => nn.Sequential(
                new DenseLayer(64, 32, Activation.Relu, new(context.Seed, context.Device)),
                nn.Dropout(0.5),
                new DenseLayer(32, 10, null, new(context.Seed + 1, context.Device))),
        });

        run.Warnings.ShouldContain(
            warning => warning.Contains("answers the same rows differently each time in training", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_with_the_trials_own_numbers_is_no_matter()
    {
        var run = Run(new UserWorkload());

        run.Completed.Result.HasModel.ShouldBeTrue();
        run.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Tensors_that_are_no_weights_live_as_long_as_the_model()
    {
        var catalog = new WorkloadCatalog(new UserWorkload { Network = context => new Masked(context) });
        var folder = Directory.CreateTempSubdirectory("searchcluster-user-");
        try
        {
            var store = new Models.Attempts.StoredArtifacts(new FolderArtifactStore(folder.FullName));
            new WorkExecutor(workloads: catalog)
                .Run(Trials.Assignment(ParameterValues.Empty, Plan()), new(store, _ => { }, TimeProvider.System, CancellationToken.None))
                .ShouldBeOfType<AttemptCompleted>();

            using var model = Models.Ensembles.Predictors.TrainedModel.Load(
                Path.Combine(folder.FullName, ArtifactPaths.Model(Trials.Search, new TrialId(0))), catalog);

            model.Predict(new double[2, 64]).GetLength(1).ShouldBe(10);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Recorder Run(UserWorkload workload) =>
        Trials.Run(Trials.Assignment(ParameterValues.Empty, Plan()), executor: new WorkExecutor(workloads: new WorkloadCatalog(workload)));

    private static TrialPlan Plan() => Trials.Plan(workload: "mine") with
    {
        Data = Trials.Digits with { Limit = 200 },
        Workload = new WorkloadSpec("mine", Trials.Values(("epochs", ParameterValue.Integer(1)))),
    };

    private sealed record Options
    {
        [SearchRange(1, 2)]
        public int Size { get; init; } = 1;
    }

    private sealed class UserWorkload() : NetworkWorkload<Options>("mine", "A workload under test.", TargetKind.Class), INetworkWorkload
    {
        public Func<NetworkContext, nn.Module<Tensor, Tensor>> Network { get; init; } = context => new DenseLayer(
            64, 10, null, new(context.Seed, context.Device));

        public string? Nothing { get; init; }

        DataSet INetworkWorkload.LoadData(DataSpec spec, ulong searchSeed, Device device) =>
            Nothing == nameof(INetworkWorkload.LoadData) ? null! : DataSetCache.Shared.Get(spec, searchSeed, device);

        public override ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) =>
            Nothing == nameof(CreateTask) ? null! : new NullTask(base.CreateTask(hyperparameters, context), Nothing);

        public override TrainingRecipe Recipe(Hyperparameters hyperparameters) =>
            Nothing == nameof(Recipe) ? null! : base.Recipe(hyperparameters);

        protected override nn.Module<Tensor, Tensor> Build(Options options, NetworkContext context) =>
            Nothing == nameof(Build) ? null! : Nothing == "forward" ? new Silent() : Network(context);
    }

    private sealed class Masked : nn.Module<Tensor, Tensor>
    {
        private readonly DenseLayer _layer;
        private readonly Tensor _mask = ones(64);

        public Masked(NetworkContext context)
            : base(nameof(Masked))
        {
            _layer = new(64, 10, null, new(context.Seed, context.Device));
            register_module("layer", _layer);
        }

        public override Tensor forward(Tensor input) => _layer.forward(input * _mask);
    }

    private sealed class Silent : nn.Module<Tensor, Tensor>
    {
        public Silent()
            : base(nameof(Silent)) => register_module("unused", nn.Linear(1, 1));

        public override Tensor forward(Tensor input) => null!;
    }

    private sealed class NothingComputed : IComputedWorkload
    {
        public Contracts.Workloads.WorkloadDescriptor Descriptor { get; } = new(
            "mine", "A workload under test.", NeedsData: false, [], ["value"], AllowsOtherParameters: true);

        public WorkOutcome Run(TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context) => null!;
    }

    private sealed class NullTask(ITask task, string? nothing) : ITask
    {
        public ValueArray<ScoreDefinition> Scores => nothing == nameof(Scores) ? null! : task.Scores;

        public OutputShape? Expects => task.Expects;

        public Tensor Loss(Tensor output, Batch batch) => nothing == nameof(Loss) ? null! : task.Loss(output, batch);

        public Tensor Statistics(Tensor output, Batch batch) => nothing == nameof(Statistics) ? null! : task.Statistics(output, batch);

        public double[] Summarise(ReadOnlySpan<double> statistics) => task.Summarise(statistics);

        public Tensor Predict(Tensor output) => task.Predict(output);

        public Tensor Average(IReadOnlyList<Tensor> outputs) => task.Average(outputs);
    }
}
