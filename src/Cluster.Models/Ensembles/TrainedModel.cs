namespace SearchCluster.Models.Ensembles;

/// <summary>One trial's kept model, from its <c>.scm</c> file.</summary>
public sealed class TrainedModel : IPredictor
{
    private TrainedModel()
    {
    }

    /// <inheritdoc />
    public ValueArray<string> Columns { get; } = [];

    /// <inheritdoc />
    public ValueArray<string> ClassLabels { get; } = [];

    /// <inheritdoc />
    public ValueMap<double> Metrics { get; } = ValueMap<double>.Empty;

    /// <summary>Opens a model file.</summary>
    /// <param name="file">Path of the <c>.scm</c> file.</param>
    /// <returns>The model on the CPU.</returns>
    /// <exception cref="Artifacts.ArtifactException">The file is damaged, or no model.</exception>
    public static TrainedModel Load(string file) => throw new NotSupportedException(file);

    /// <inheritdoc />
    public float[,] Predict(float[,] rows) => throw new NotSupportedException();

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
