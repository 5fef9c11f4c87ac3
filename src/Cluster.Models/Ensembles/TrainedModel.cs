using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Native;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles;

/// <summary>One trial's kept model, from its <c>.scm</c> file. Not thread-safe.</summary>
public sealed class TrainedModel : IPredictor
{
    private readonly MemberNetwork _network;

    private TrainedModel(MemberNetwork network) => _network = network;

    /// <inheritdoc />
    public ValueArray<string> Columns => _network.File.Shape.Columns;

    /// <inheritdoc />
    public ValueArray<string> ClassLabels => _network.File.Shape.ClassLabels;

    /// <inheritdoc />
    public ValueArray<string> TargetNames => _network.File.Shape.TargetNames;

    /// <inheritdoc />
    public ValueMap<double> Metrics => _network.File.Metrics;

    /// <summary>Name of the workload that trained it.</summary>
    public string Workload => _network.File.Workload;

    /// <summary>The trial's configuration.</summary>
    public ParameterValues Values => _network.File.Values;

    /// <summary>Opens a model file.</summary>
    /// <param name="file">Path of the <c>.scm</c> file.</param>
    /// <param name="workloads">Who builds the network; null for the built-in workloads.</param>
    /// <returns>The model on the CPU.</returns>
    /// <exception cref="ArtifactException">The file is missing, damaged, or no model.</exception>
    /// <exception cref="TorchUnavailableException">libtorch cannot be used.</exception>
    public static TrainedModel Load(string file, WorkloadCatalog? workloads = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            RegularFile.Require(file);
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return new(Open(ModelFile.Read(stream), workloads ?? WorkloadCatalog.Default));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new ArtifactException("SC4000", $"Model file '{DisplayText.Shorten(file)}' cannot be opened: {missing.Message}", missing);
        }
    }

    /// <inheritdoc />
    public double[,] Predict(double[,] rows) => _network.Predict(rows);

    /// <inheritdoc />
    public DataShape Shape => _network.File.Shape;

    /// <inheritdoc />
    public double[,] Predict(ImageRows images) => _network.Predict(images);

    /// <inheritdoc />
    public double[,] Predict(CsvTable table) => _network.Predict(_network.Read(table));

    /// <inheritdoc />
    public InputPreprocessing Preprocessing => _network.File.Preprocessing;

    /// <inheritdoc />
    public double[,] PredictNext(IReadOnlyList<string> texts) => _network.PredictNext(texts);

    /// <inheritdoc />
    public void Dispose() => _network.Dispose();

    private static MemberNetwork Open(ModelFile file, WorkloadCatalog workloads)
    {
        var device = TorchRuntime.OpenDevice("cpu");
        using var scope = NewDisposeScope();
        return workloads.Find(file.Workload) is INetworkWorkload workload
            ? MemberNetwork.Open(file, workload, device)
            : throw new ArtifactException("SC4006", $"The model was trained by workload '{DisplayText.Shorten(file.Workload)}', which is not known here; it is one of {string.Join(", ", workloads.Names)}.");
    }
}
