using System.Diagnostics.CodeAnalysis;
using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.QuasiRandom;

/// <summary>The configurations that a model-based sampler tries before it has a model: points that fill the space evenly.</summary>
/// <remarks>
/// A configuration depends on the seed and the trial's number only. Each parameter has its own coordinate, whether it is active or not.
/// A point whose configuration is forbidden is replaced by a draw from the trial's own random stream: the one that <c>random</c> makes.
/// </remarks>
/// <param name="encoding">The space.</param>
/// <param name="points">The points; scrambled Sobol points when left out.</param>
/// <param name="firstTrial">Number of the trial that gets the first point; trials before it are enqueued ones.</param>
internal sealed class StartupDesign(SpaceEncoding encoding, IPointSequence? points = null, int firstTrial = 0)
{
    private readonly IPointSequence _points = points ?? new SobolPoints();

    /// <summary>Finds the configuration of a trial.</summary>
    /// <param name="seed">Seed of the search.</param>
    /// <param name="trial">The trial's number, at least that of the first one.</param>
    /// <param name="values">The configuration.</param>
    /// <returns>False when the point and all draws after it were forbidden.</returns>
    public bool TryFind(ulong seed, int trial, [NotNullWhen(true)] out ParameterValues? values)
    {
        var point = new double[encoding.Dimensions];
        _points.Fill(seed, trial - firstTrial, point);
        if (encoding.IsForbidden(point))
        {
            return RandomConfiguration.TryDraw(
                encoding.Space, ParameterValues.Empty, SeedSequence.Stream(seed, StreamPurpose.Suggestion, trial), out values);
        }

        values = encoding.Decode(point);
        return true;
    }
}
