using SearchCluster.Models.Randomness;
using SearchCluster.Models.Tasks;

namespace SearchCluster.Models.Workloads.Augmentation;

/// <summary>Varies training batches on the device, so that a network sees each row differently in each epoch.</summary>
public interface IAugmentation
{
    /// <summary>Varies a batch.</summary>
    /// <param name="batch">Prepared inputs and their targets; not changed.</param>
    /// <param name="noise">Where all random choices come from.</param>
    /// <returns>The varied batch, in the caller's dispose scope.</returns>
    Batch Apply(Batch batch, NoiseSource noise);
}
