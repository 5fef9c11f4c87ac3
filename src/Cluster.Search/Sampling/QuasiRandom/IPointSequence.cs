namespace SearchCluster.Search.Sampling.QuasiRandom;

/// <summary>Points that fill the unit cube evenly; each one can be computed alone.</summary>
internal interface IPointSequence
{
    /// <summary>Computes one point.</summary>
    /// <param name="seed">Seed of the search, by which the points are scrambled.</param>
    /// <param name="index">Number of the point, from 0.</param>
    /// <param name="point">Gets one coordinate for each dimension, at least 0 and less than 1.</param>
    void Fill(ulong seed, int index, Span<double> point);
}
