using System.Buffers.Binary;
using SearchCluster.Artifacts;
using SearchCluster.Cli.Tests.EndToEnd;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;

namespace SearchCluster.Cli.Tests.Conformance;

/// <summary>A model for each kind of data, trained when it is first asked for.</summary>
public sealed class TrainedKinds : IDisposable
{
    private static readonly SearchId Search = new("all");

    private readonly RealHarness _real = new();
    private readonly Dictionary<string, TrainedKind> _trained = [];

    /// <summary>What data can be, and a workload that learns from such.</summary>
    internal static IReadOnlyDictionary<string, (
        string Workload, string Sample)> Kinds
    { get; } = new SortedDictionary<string, (string, string)>(
        StringComparer.Ordinal)
    {
        ["table"] = ("mlp", "mlp"),
        ["numbers"] = ("mlp-regressor", "mlp-regressor"),
        ["rows"] = ("autoencoder", "autoencoder"),
        ["pixels"] = ("cnn", "cnn"),
        ["keypoints"] = ("cnn-regressor", "cnn-regressor"),
        ["pictures"] = ("cnn", "vae"),
        ["idx"] = ("cnn", "idx"),
        ["masks"] = ("segmentation", "segmentation"),
        ["series"] = ("lstm-regressor", "lstm-regressor"),
        ["text"] = ("lstm", "lstm"),
    };

    /// <summary>Trains, or gives what was trained.</summary>
    internal TrainedKind Of(string kind) => _trained.TryGetValue(kind, out var trained) ? trained : _trained[kind] = Train(kind);

    /// <inheritdoc />
    public void Dispose() => _real.Dispose();

    /// <summary>Trains one epoch.</summary>
    /// <param name="folder">Where the model goes.</param>
    /// <param name="workload">Name of the workload.</param>
    /// <param name="data">What it learns from.</param>
    /// <returns>Path of the model.</returns>
    internal static string Train(string folder, string workload, DataSpec data)
    {
        var given = new ParameterValues(
            [KeyValuePair.Create("epochs", ParameterValue.Integer(1)), KeyValuePair.Create("batchSize", ParameterValue.Integer(8))]);
        var plan = new TrialPlan(42, new WorkloadSpec(workload, given), data, new ObjectiveSpec("val/loss", Direction.Minimize), null);
        var values = new ParameterValues([KeyValuePair.Create("learningRate", ParameterValue.Real(0.01))]);
        var context = new WorkContext(
            new StoredArtifacts(new FolderArtifactStore(Path.Combine(folder, "store"))),
            _ => { },
            TimeProvider.System,
            CancellationToken.None);
        var outcome = new WorkExecutor().Run(
            new TrialAssignment(new LeaseKey(Search, WorkItem.Trial(new(0)), 1, 1), values, 7, plan), context);
        outcome.ShouldBeOfType<AttemptCompleted>((outcome as AttemptFailed)?.Failure.ToString());
        return Path.Combine(folder, "store", ArtifactPaths.Model(Search, new(0)));
    }

    private TrainedKind Train(string kind)
    {
        var (workload, name) = Kinds[kind];
        var folder = Directory.CreateDirectory(Path.Combine(_real.Cli.Folder, kind)).FullName;
        var sample = name == "idx" ? Idx(folder) : WorkloadSample.For(BuiltinWorkloads.All.Single(known => known.Name == name), folder);
        return new(
            Train(folder, workload, sample.Data),
            sample with { TestInput = kind == "pictures" ? sample.Data.Source : sample.TestInput });
    }

    private static WorkloadSample Idx(string folder)
    {
        const int Images = 40, Side = 8;
        var data = Directory.CreateDirectory(Path.Combine(folder, "idx")).FullName;
        byte[] Header(params int[] sizes) => [0, 0, 8, (byte)sizes.Length, .. sizes.SelectMany(BigEndian)];
        File.WriteAllBytes(
            Path.Combine(data, "train-images-idx3-ubyte"),
            [.. Header(Images, Side, Side), .. Enumerable.Range(0, Images * Side * Side).Select(i => (byte)(i * 7 % 251))]);
        File.WriteAllBytes(
            Path.Combine(data, "train-labels-idx1-ubyte.gz"),
            InputForm.Gzip([.. Header(Images), .. Enumerable.Range(0, Images).Select(i => (byte)(i % 3))]));
        return new(new(data, null, new SplitSpec()), data);
    }

    private static byte[] BigEndian(int size)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, size);
        return bytes;
    }
}

/// <summary>A model, and data for it with their answers.</summary>
internal sealed record TrainedKind(string Model, WorkloadSample Sample);
