using SearchCluster.Artifacts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.ModelFiles;
using SearchCluster.Models.Native;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Predictors;

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
        return new(Open(ModelFile.Open(file), workloads ?? WorkloadCatalog.Default));
    }

    /// <inheritdoc />
    public DataShape Shape => _network.File.Shape;

    /// <inheritdoc />
    public InputPreprocessing Preprocessing => _network.File.Preprocessing;

    /// <inheritdoc />
    public bool IsAutoencoder => _network.Autoencoder is not null;

    internal MemberNetwork Network => _network;

    /// <inheritdoc />
    public double[,] Predict(PredictorInput input)
    {
        using var scope = NewDisposeScope();
        return _network.ToNumbers(_network.Predict(MemberInputs.Of(_network.File, input)));
    }

    /// <inheritdoc />
    public double[,] Predict(double[,] rows) => Predict(new PredictorInput.Rows(rows));

    /// <inheritdoc />
    public double[,] Predict(ImageRows images) => Predict(new PredictorInput.Images(images));

    /// <inheritdoc />
    public double[,] Predict(CsvTable table) => Predict(new PredictorInput.Table(table));

    /// <inheritdoc />
    public double[,] PredictNext(IReadOnlyList<string> texts) => Predict(new PredictorInput.Texts(texts));

    /// <inheritdoc />
    public ModelScores Evaluate(PredictorInput input, KnownAnswers answers)
    {
        using var scope = NewDisposeScope();
        return _network.Evaluate(MemberInputs.Of(_network.File, input), answers);
    }

    /// <inheritdoc />
    public ModelScores EvaluateSeries(double[,] steps)
    {
        using var scope = NewDisposeScope();
        var (inputs, answers) = EvaluationInputs.OfSeries(_network.File, steps, IsAutoencoder);
        return _network.Evaluate(inputs, answers);
    }

    /// <inheritdoc />
    public ModelScores EvaluateText(string text, string name)
    {
        using var scope = NewDisposeScope();
        var (inputs, answers) = EvaluationInputs.OfText(_network.File, text, name);
        return _network.Evaluate(inputs, answers);
    }

    /// <inheritdoc />
    public double[,] Encode(PredictorInput input)
    {
        using var scope = NewDisposeScope();
        return MemberNetwork.ToRows(_network.Encode(MemberInputs.Of(_network.File, input)));
    }

    /// <inheritdoc />
    public double[,] Generate(int count, ulong seed)
    {
        using var scope = NewDisposeScope();
        return _network.ToNumbers(_network.Generate(count, seed));
    }

    /// <inheritdoc />
    public void Dispose() => _network.Dispose();

    private static MemberNetwork Open(ModelFile file, WorkloadCatalog workloads)
    {
        var device = TorchRuntime.OpenDevice("cpu");
        return workloads.Find(file.Workload) is INetworkWorkload workload
            ? MemberNetwork.Open(file, workload, device)
            : throw new ArtifactException(
                ModelCodes.Mismatch,
                $"The model was trained by workload '{DisplayText.Shorten(file.Workload)}', which is not known here; it is one of "
                    + $"{string.Join(", ", workloads.Names)}.");
    }
}
