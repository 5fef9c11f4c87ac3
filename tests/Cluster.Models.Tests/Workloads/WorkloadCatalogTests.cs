using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Workloads;

public sealed class WorkloadCatalogTests
{
    public static TheoryData<string> Networks =>
        [.. WorkloadCatalog.Default.Names.Where(name => WorkloadCatalog.Default.Find(name) is INetworkWorkload)];

    [Fact]
    public void The_catalogue_holds_what_the_vocabulary_promises()
    {
        WorkloadCatalog.Default.Names.ShouldBe(BuiltinWorkloads.All.Select(workload => workload.Name).Order(StringComparer.Ordinal));
        BuiltinWorkloads.All.ShouldAllBe(workload => WorkloadCatalog.Default.Find(workload.Name)!.Descriptor == workload);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_network_reads_exactly_what_its_descriptor_names(string name)
    {
        TorchRuntime.Initialize();
        var workload = (INetworkWorkload)WorkloadCatalog.Default.Find(name)!;
        var hyperparameters = Hyperparameters.Create(workload.Descriptor, ParameterValues.Empty, ParameterValues.Empty);

        Open(workload, hyperparameters);

        hyperparameters.NamesRead.ShouldBe(workload.Descriptor.Hyperparameters.Select(h => h.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_network_knows_every_item_of_its_descriptor(string name)
    {
        TorchRuntime.Initialize();
        var workload = (INetworkWorkload)WorkloadCatalog.Default.Find(name)!;
        foreach (var hyperparameter in workload.Descriptor.Hyperparameters.Where(h => h.Domain is ItemDomain or BooleanDomain))
        {
            ParameterValue[] items = hyperparameter.Domain is ItemDomain domain
                ? [.. domain.Items]
                : [ParameterValue.Boolean(false), ParameterValue.Boolean(true)];
            foreach (var item in items)
            {
                Open(
                    workload,
                    Hyperparameters.Create(workload.Descriptor, ParameterValues.Empty, Trials.Values((hyperparameter.Name, item))));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_network_reports_the_metrics_of_its_descriptor(string name)
    {
        TorchRuntime.Initialize();
        var workload = (INetworkWorkload)WorkloadCatalog.Default.Find(name)!;
        var task = workload.CreateTask(
            Hyperparameters.Create(workload.Descriptor, ParameterValues.Empty, ParameterValues.Empty), Context(workload));

        string[] measured = [
            "train/loss",
            .. new[] { "val", "test" }.SelectMany(part => task.Scores.Select(score => $"{part}/{score.Name}").Prepend($"{part}/loss")),
        ];
        workload.Descriptor.Metrics.ShouldBe(measured);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_known_parameter_count_is_that_of_the_network(string name)
    {
        TorchRuntime.Initialize();
        var workload = (INetworkWorkload)WorkloadCatalog.Default.Find(name)!;
        var hyperparameters = Hyperparameters.Create(workload.Descriptor, ParameterValues.Empty, ParameterValues.Empty);
        using var noise = new NoiseSource(1, CPU);
        using var network = workload.Build(new(hyperparameters, ShapeFor(workload), 1, noise));

        var counted = workload.CountParameters(hyperparameters, ShapeFor(workload));
        counted.ShouldBeOneOf(0, network.parameters().Sum(parameter => parameter.numel()));
    }

    private static void Open(INetworkWorkload workload, Hyperparameters hyperparameters)
    {
        using var scope = NewDisposeScope();
        using var noise = new NoiseSource(1, CPU);
        var context = Context(workload);
        workload.Recipe(hyperparameters).Epochs.ShouldBePositive();
        var task = workload.CreateTask(hyperparameters, context);
        workload.CreateAugmentation(hyperparameters, context.Shape);
        using var network = workload.Build(new(hyperparameters, context.Shape, 1, noise));
        var batch = new Batch(
            context.Shape.Symbols is { } symbols
                ? randint(0, symbols, [4, .. context.Shape.Input], int64)
                : ones([4, .. context.Shape.Input]),
            context.Shape.Target switch
            {
                TargetKind.Class => zeros(4, int64),
                TargetKind.Numbers => zeros(4, context.Shape.Outputs),
                _ => zeros([4, .. context.Shape.Input.Skip(1)], int64),
            });
        var output = network.forward(batch.Inputs);
        task.Loss(output, batch).item<float>().ShouldBeGreaterThanOrEqualTo(0);
        task.Summarise(task.Statistics(output, batch).data<double>().ToArray()).Length.ShouldBe(task.Scores.Count);
    }

    private static TaskContext Context(INetworkWorkload workload)
    {
        var shape = ShapeFor(workload);
        return new(
            shape,
            shape.Target == TargetKind.Numbers
                ? new([.. Enumerable.Repeat(0.0, shape.Outputs)], [.. Enumerable.Repeat(1.0, shape.Outputs)])
                : TargetScaling.None,
            shape.Target == TargetKind.Numbers ? [] : [2L, 2L],
            CPU);
    }

    private static DataShape ShapeFor(INetworkWorkload workload) => workload.Descriptor.Target switch
    {
        TargetKind.Numbers when IsSequence(workload) => new([12, 3], TargetKind.Numbers, [], [], ["x", "y"]),
        TargetKind.Class when IsSequence(workload) => new([12], TargetKind.Class, [], ["a", "b"], [], Symbols: 2),
        TargetKind.Numbers => new([1, 16, 16], TargetKind.Numbers, [], [], ["x", "y"]),
        TargetKind.Mask => new([1, 16, 16], TargetKind.Mask, [], ["a", "b"], []),
        _ => new([1, 16, 16], TargetKind.Class, [], ["a", "b"], []),
    };

    private static bool IsSequence(INetworkWorkload workload) => workload.Descriptor.Name.StartsWith("lstm", StringComparison.Ordinal)
        || workload.Descriptor.Name.StartsWith("transformer", StringComparison.Ordinal);
}
