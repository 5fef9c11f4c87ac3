using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Workloads;
using SearchCluster.Models.Workloads.Mlp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Workloads;

public sealed class WorkloadCatalogTests
{
    private static readonly DataShape Shape = new(["a", "b", "c"], ["x", "y"]);

    [Fact]
    public void The_catalogue_holds_what_the_vocabulary_promises()
    {
        WorkloadCatalog.Default.Names.ShouldBe(SpecVocabulary.Default.Workloads.Select(workload => workload.Name).Order(StringComparer.Ordinal));
        SpecVocabulary.Default.Workloads.ShouldAllBe(workload => WorkloadCatalog.Default.Find(workload.Name)!.Descriptor == workload);
    }

    [Fact]
    public void The_perceptron_reads_exactly_what_its_descriptor_names()
    {
        TorchRuntime.Initialize();
        var workload = new MlpWorkload();
        var hyperparameters = Hyperparameters.Create(workload.Descriptor, ParameterValues.Empty, ParameterValues.Empty);

        workload.Recipe(hyperparameters);
        using var network = workload.Build(hyperparameters, Shape, 1, CPU);

        hyperparameters.NamesRead.ShouldBe(BuiltinWorkloads.Mlp.Hyperparameters.Select(h => h.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("activation")]
    [InlineData("init")]
    [InlineData("optimizer")]
    public void The_perceptron_knows_every_item_of_its_descriptor(string name)
    {
        TorchRuntime.Initialize();
        var workload = new MlpWorkload();
        foreach (var item in ((ItemDomain)workload.Descriptor.Hyperparameters.Single(h => h.Name == name).Domain).Items)
        {
            var hyperparameters = Hyperparameters.Create(workload.Descriptor, ParameterValues.Empty, Trials.Values((name, item)));
            workload.Recipe(hyperparameters).Epochs.ShouldBe(50);
            using var network = workload.Build(hyperparameters, Shape, 1, CPU);
            using var output = network.forward(ones(4, 3));
            output.shape.ShouldBe([4L, 2L]);
        }
    }

    [Fact]
    public void The_parameter_count_is_that_of_the_network()
    {
        TorchRuntime.Initialize();
        var workload = new MlpWorkload();
        var hyperparameters = Hyperparameters.Create(workload.Descriptor, ParameterValues.Empty, Trials.Values(("numLayers", ParameterValue.Integer(2)), ("hiddenSize", ParameterValue.Integer(5))));
        using var network = workload.Build(hyperparameters, Shape, 1, CPU);

        workload.CountParameters(hyperparameters, Shape).ShouldBe(network.parameters().Sum(parameter => parameter.numel()));
        network.named_parameters().Select(entry => entry.name).ShouldBe(["layers.0.bias", "layers.0.weight", "layers.1.bias", "layers.1.weight", "layers.2.bias", "layers.2.weight"], ignoreOrder: true);
    }
}
