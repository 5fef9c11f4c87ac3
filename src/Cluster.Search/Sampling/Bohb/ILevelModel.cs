using SearchCluster.Search.Sampling.Models;

namespace SearchCluster.Search.Sampling.Bohb;

/// <summary>A model of the losses at one resource level.</summary>
internal interface ILevelModel
{
    /// <summary>Proposes a configuration.</summary>
    /// <param name="observations">The trials at the level; one of them at least has a finite loss.</param>
    /// <param name="pending">Points of trials whose loss at the level is unknown, those suggested just before included.</param>
    /// <param name="number">The trial that is asked for.</param>
    /// <param name="stream">Random numbers.</param>
    /// <param name="known">What is not proposed again.</param>
    /// <returns>A point; null when all that the model met are known.</returns>
    PointProposal? Propose(LevelObservations observations, List<double[]> pending, int number, RandomStream stream, TakenPoints known);
}
