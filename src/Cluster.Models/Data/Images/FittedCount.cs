namespace SearchCluster.Models.Data.Images;

/// <summary>How many images had another size than they were to have, and were fitted to it.</summary>
internal sealed class FittedCount
{
    /// <summary>So many up to now.</summary>
    public int Value { get; set; }
}
