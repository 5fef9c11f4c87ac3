using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Optimizers;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training.Steps;
using SearchCluster.Models.Workloads.Mlp;
using TorchSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Training;

public sealed class TrialNetworkTests
{
    private static readonly MlpWorkload Workload = new(BuiltinWorkloads.Mlp);

    private static readonly Hyperparameters Values = Hyperparameters.Create(Workload.Descriptor, ParameterValues.Empty, Trials.Sane());

    [Fact]
    public void Kept_weights_share_no_memory_with_the_network()
    {
        using var trial = Open(out var runner, out var optimizer);
        using var closing = optimizer;
        var before = Bytes(trial.StoreKept());

        trial.Keep();
        Bytes(trial.StoreKept()).ShouldBe(before);
        runner.Train(1, 0.01, () => { });

        Bytes(trial.StoreKept()).ShouldBe(before);
        Bytes(trial.StoreWeights()).ShouldNotBe(before);
        trial.RestoreKept();
        Bytes(trial.StoreWeights()).ShouldBe(before);
    }

    [Fact]
    public void No_tensor_outlives_its_epoch()
    {
        using var trial = Open(out var runner, out var optimizer);
        using var closing = optimizer;
        void Epoch(int epoch)
        {
            runner.Train(epoch, 0.01, () => { });
            runner.Evaluate(Data.Validation);
            trial.Keep();
            optimizer.Save();
        }

        Epoch(1);
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        var live = statistics.ThreadTotalLiveCount;
        for (var epoch = 2; epoch <= 4; epoch++)
        {
            Epoch(epoch);
            statistics.ThreadTotalLiveCount.ShouldBe(live);
        }
    }

    [Fact]
    public void All_trials_of_a_search_see_the_rows_in_the_same_order()
    {
        using var first = Open(out var runner, out var optimizer);
        using var second = Open(out var again, out var other);

        runner.Train(3, 0.01, () => { }).ShouldBe(again.Train(3, 0.01, () => { }));
        optimizer.Dispose();
        other.Dispose();
    }

    private static DataSet Data => DataSetCache.Shared.Get(Trials.Digits, 42, CPU);

    private static TrialNetwork Open(out EpochRunner runner, out IParameterOptimizer optimizer)
    {
        TorchRuntime.Initialize();
        var noise = new NoiseSource(1, CPU);
        var network = new TrialNetwork(Workload.Build(new(Values, Data.Shape, 1, noise)));
        var recipe = Workload.Recipe(Values);
        optimizer = ParameterOptimizers.Create(network.Parameters, recipe.Optimizer);
        runner = new EpochRunner(Workload.CreateTask(Values, TaskContext.Of(Data)), Data, network, optimizer, recipe, noise, 42);
        return network;
    }

    private static byte[] Bytes(IEnumerable<StoredTensor> tensors) => [.. tensors.SelectMany(tensor => tensor.Bytes.ToArray())];
}
