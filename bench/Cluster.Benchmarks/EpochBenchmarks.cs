using BenchmarkDotNet.Attributes;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Optimizers;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training.Continuation;
using SearchCluster.Models.Training.Steps;
using SearchCluster.Models.Workloads;
using SearchCluster.Models.Workloads.Mlp;
using TorchSharp;

namespace SearchCluster.Benchmarks;

/// <summary>How long one epoch of a 64-64-10 perceptron takes on the training part of the digits (1,079 rows,
/// batches of 64, Adam), and what surrounds it.</summary>
/// <remarks>In this process, because libtorch's libraries are hard links beside the program. A step is a seventeenth of an epoch.</remarks>
[InProcess]
[MemoryDiagnoser]
[MinColumn]
[MedianColumn]
public class EpochBenchmarks : IDisposable
{
    private const ulong Seed = 42;

    private readonly INetworkWorkload _workload = new MlpWorkload(BuiltinWorkloads.Mlp);
    private readonly NoiseSource _noise = new(Seed, torch.CPU);
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-bench-").FullName;
    private DataSet _data = null!;
    private TrialNetwork _network = null!;
    private ITask _task = null!;
    private TrainingRecipe _recipe = null!;
    private FolderArtifactStore _store = null!;
    private IParameterOptimizer _fused = null!;
    private EpochRunner _fusedRunner = null!, _torchRunner = null!, _forwardRunner = null!;
    private Measurement[] _measurements = null!;

    [GlobalSetup]
    public void Open()
    {
        TorchRuntime.Initialize();
        _data = DataSetCache.Shared.Get(new DataSpec("digits", null, new SplitSpec()), Seed, torch.CPU);
        var hyperparameters = Hyperparameters.Create(_workload.Descriptor, ParameterValues.Empty, ParameterValues.Empty);
        _network = new TrialNetwork(_workload.Build(new(hyperparameters, _data.Shape, Seed, _noise)));
        _task = _workload.CreateTask(hyperparameters, TaskContext.Of(_data));
        _recipe = _workload.Recipe(hyperparameters);
        var options = new OptimizerOptions(OptimizerKind.Adam);
        _fused = ParameterOptimizers.Create(_network.Parameters, options);
        _fusedRunner = Runner(_fused);
        _torchRunner = Runner(new TorchOptimizer(_network.Parameters, options));
        _forwardRunner = Runner(new IdleOptimizer());
        _store = new FolderArtifactStore(_folder);
        _measurements = [new(1, new([KeyValuePair.Create("val/loss", 1.0)]), TimeSpan.Zero)];
    }

    [Benchmark(Baseline = true)]
    public double FusedAdam() => _fusedRunner.Train(1, 1e-6, () => { });

    [Benchmark]
    public double TorchOptimAdam() => _torchRunner.Train(1, 1e-6, () => { });

    [Benchmark]
    public double ForwardAndBackwardOnly() => _forwardRunner.Train(1, 1e-6, () => { });

    [Benchmark]
    public double[] Validate() => _fusedRunner.Evaluate(_data.Validation);

    [Benchmark]
    public void WriteCheckpoint() => Checkpoint(ArtifactDurability.ProcessDeath);

    [Benchmark]
    public void WriteCheckpointFlushed() => Checkpoint(ArtifactDurability.PowerLoss);

    [GlobalCleanup]
    public void Dispose()
    {
        _fused.Dispose();
        _network.Dispose();
        _noise.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private void Checkpoint(ArtifactDurability durability) => _store.Write(
        "checkpoint.scc", stream => TrialCheckpoint.Write(stream, "bench", _network, _fused, ["val/loss"], _measurements), durability);

    private EpochRunner Runner(IParameterOptimizer optimizer) => new(_task, _data, _network, optimizer, _recipe, _noise, Seed);

    private sealed class IdleOptimizer : IParameterOptimizer
    {
        public string BackEnd => "none";

        public void Step(IList<torch.Tensor> gradients, double learningRate)
        {
            // Only forward and backward are timed.
        }

        public IReadOnlyList<StoredTensor> Save() => [];

        public void Check(IReadOnlyDictionary<string, StoredTensor> state)
        {
            // There is no state.
        }

        public void Load(IReadOnlyDictionary<string, StoredTensor> state)
        {
            // There is no state.
        }

        public void Dispose()
        {
            // There is nothing to free.
        }
    }
}
