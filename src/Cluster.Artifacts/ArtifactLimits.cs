namespace SearchCluster.Artifacts;

/// <summary>Limits of what travels to a store.</summary>
public static class ArtifactLimits
{
    /// <summary>Most bytes of one artifact.</summary>
    public const long Bytes = 8L << 30;

    /// <summary>Space that an upload leaves on the store's disk, so that the journal beside it goes on.</summary>
    public const long ReserveBytes = 64L << 20;

    /// <summary>An upload of which nothing came for so long is given up.</summary>
    public static TimeSpan Silence { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The refusal of an artifact that is larger than a store takes.</summary>
    /// <param name="path">Which one it is.</param>
    /// <param name="most">Most bytes of one artifact there.</param>
    /// <returns>SC4102.</returns>
    internal static ArtifactException TooLarge(string path, long most) => new(
        ModelCodes.ArtifactTooLarge,
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{path} has more than {most} bytes, the most that a store takes; nothing of it was kept."));
}
