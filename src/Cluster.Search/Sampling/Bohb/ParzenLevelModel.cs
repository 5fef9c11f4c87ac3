using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.Models;
using SearchCluster.Search.Sampling.Tpe;

namespace SearchCluster.Search.Sampling.Bohb;

/// <summary>The model of <c>tpe</c> with its defaults.</summary>
/// <param name="encoding">The space.</param>
internal sealed class ParzenLevelModel(SpaceEncoding encoding) : ILevelModel
{
    private readonly TpeModel _model = new(encoding, new TpeOptions());

    /// <inheritdoc />
    public PointProposal? Propose(
        LevelObservations observations, List<double[]> pending, int number, RandomStream stream, TakenPoints known) =>
        _model.Propose(observations.Ranked, pending, stream, known);
}
