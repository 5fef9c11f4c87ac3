namespace SearchCluster.Models.Data;

/// <summary>Where a row stands, so that a person finds it again.</summary>
/// <param name="File">Its file, by its path in the folder or archive.</param>
/// <param name="Line">Its line there, from 1.</param>
public readonly record struct RowPlace(string File, int Line)
{
    /// <summary>As messages name it.</summary>
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}");
}
