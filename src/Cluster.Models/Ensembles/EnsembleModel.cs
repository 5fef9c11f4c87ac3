namespace SearchCluster.Models.Ensembles;

/// <summary>A saved ensemble of trained models.</summary>
public sealed class EnsembleModel : IPredictor
{
    private EnsembleModel()
    {
    }

    /// <inheritdoc />
    public ValueArray<string> Columns { get; } = [];

    /// <inheritdoc />
    public ValueArray<string> ClassLabels { get; } = [];

    /// <inheritdoc />
    public ValueMap<double> Metrics { get; } = ValueMap<double>.Empty;

    /// <summary>Opens an ensemble.</summary>
    /// <param name="folder">Folder with <c>ensemble.json</c> and the members' models.</param>
    /// <returns>The ensemble on the CPU.</returns>
    /// <exception cref="Artifacts.ArtifactException">A file is missing, damaged, or no model.</exception>
    public static EnsembleModel Load(string folder) => throw new NotSupportedException(folder);

    /// <inheritdoc />
    public float[,] Predict(float[,] rows) => throw new NotSupportedException();

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
