namespace SearchCluster.Contracts.Randomness;

/// <summary>What a random stream is used for; numbers are permanent, because journals and checkpoints depend on them.</summary>
public enum StreamPurpose
{
    /// <summary>Sampling the configuration of a trial.</summary>
    Suggestion = 1,

    /// <summary>The seed that a trial carries.</summary>
    TrialSeed = 2,

    /// <summary>Splitting the data; index 0.</summary>
    DataSplit = 3,

    /// <summary>Order of the batches; index is the epoch.</summary>
    BatchOrder = 4,

    /// <summary>Initial weights; keyed by the trial's seed, index is the tensor.</summary>
    Initialisation = 5,

    /// <summary>Dropout masks; keyed by the trial's seed, index is the epoch.</summary>
    Dropout = 6,

    /// <summary>State of a model-based sampler, for example restarts of its acquisition search.</summary>
    Model = 7,

    /// <summary>Perturbations by a scheduler (population based training).</summary>
    Scheduling = 8,

    /// <summary>Bootstrap resamples of an ensemble.</summary>
    Bootstrap = 9,

    /// <summary>A configuration in place of one that was tried already; index is the trial.</summary>
    Replacement = 10,

    /// <summary>Rows of data of which only a share is used: index 0 for the training part, from 1 for the parts of a source.</summary>
    DataShare = 11,

    /// <summary>Scrambling of a space-filling design; index is the dimension or the block.</summary>
    Design = 12,
}

/// <summary>Derives independent seeds from one seed: the same arguments give the same seed in every process and version.</summary>
public static class SeedSequence
{
    /// <summary>Derives a seed.</summary>
    /// <param name="seed">Master seed: the search's, or the trial's where the purpose says so.</param>
    /// <param name="purpose">What the stream is for.</param>
    /// <param name="index">Which stream of that purpose, usually the trial number.</param>
    /// <returns>64 random bits that depend on nothing else.</returns>
    public static ulong For(ulong seed, StreamPurpose purpose, long index) =>
        Philox.Block(seed, unchecked((ulong)index), ((ulong)(uint)purpose << 32) | 0x5EED).Low;

    /// <summary>Opens a stream of random numbers.</summary>
    /// <param name="seed">Master seed: the search's, or the trial's where the purpose says so.</param>
    /// <param name="purpose">What the stream is for.</param>
    /// <param name="index">Which stream of that purpose, usually the trial number.</param>
    /// <returns>The stream, at its start.</returns>
    public static RandomStream Stream(ulong seed, StreamPurpose purpose, long index) => new(For(seed, purpose, index));
}
