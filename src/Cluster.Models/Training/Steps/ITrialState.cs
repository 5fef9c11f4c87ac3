using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data;
using SearchCluster.Models.Training.Continuation;

namespace SearchCluster.Models.Training.Steps;

/// <summary>The numbers of one trial that change while it trains, wherever they lie: in a network of its own,
/// or in a part of one that trains several.</summary>
internal interface ITrialState
{
    /// <summary>Copies the present weights to the kept ones.</summary>
    void Keep();

    /// <summary>Copies the kept weights back.</summary>
    void RestoreKept();

    /// <summary>The kept weights by name, as a network of this trial alone has them.</summary>
    IReadOnlyList<StoredTensor> StoreKept();

    /// <summary>Measures the present weights.</summary>
    /// <returns>Mean loss, then each score.</returns>
    double[] Evaluate(DataPart part);

    /// <summary>Writes a checkpoint that does not depend on where the numbers lie.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="identity">What the trial is.</param>
    /// <param name="metrics">Names of the metrics.</param>
    /// <param name="measurements">All so far, at least one.</param>
    void WriteCheckpoint(Stream stream, string identity, ValueArray<string> metrics, IReadOnlyList<Measurement> measurements);

    /// <summary>Takes a checkpoint over when the whole of it fits.</summary>
    /// <param name="checkpoint">As it was read from its file.</param>
    /// <param name="identity">What it must be of; null for any configuration of the same network.</param>
    /// <param name="metrics">Names of the metrics.</param>
    /// <exception cref="Artifacts.ArtifactException">SC4006: it belongs to another trial, network or optimizer;
    /// nothing was changed.</exception>
    IReadOnlyList<Measurement> Restore(TrialCheckpoint checkpoint, string? identity, ValueArray<string> metrics);
}
