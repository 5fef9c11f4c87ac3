using System.Diagnostics.CodeAnalysis;

namespace SearchCluster.Artifacts.S3;

/// <summary>Where artifacts lie in an object store: <c>s3://bucket/prefix</c>.</summary>
/// <param name="Bucket">Name of the bucket, which exists already.</param>
/// <param name="Prefix">What all keys begin with: empty, or names separated by '/', with one at its end.</param>
public sealed record S3Location(string Bucket, string Prefix)
{
    /// <summary>What the addresses of such stores begin with.</summary>
    public const string Scheme = "s3://";

    /// <summary>What an address has to be, for messages.</summary>
    public const string Rule =
        "s3://BUCKET or s3://BUCKET/PREFIX: the bucket has 3 to 63 of a-z, 0-9, '.' and '-', the prefix has names of a-z, A-Z, 0-9, '.', "
            + "'_' and '-', separated by '/'";

    private const int ShortestBucket = 3;
    private const int LongestBucket = 63;
    private const int LongestPrefix = 200;

    /// <summary>Reads an address.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="location">What it names; null where it breaks <see cref="Rule"/>.</param>
    /// <returns>False where it breaks the rule.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out S3Location? location)
    {
        location = null;
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = text[Scheme.Length..].TrimEnd('/').Split('/', 2);
        var (bucket, prefix) = (parts[0], parts.Length == 2 ? parts[1] : "");
        if (bucket.Length is < ShortestBucket or > LongestBucket
            || !bucket.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')
            || prefix.Length > LongestPrefix
            || (prefix.Length > 0 && !ArtifactPath.IsSafe(prefix)))
        {
            return false;
        }

        location = new(bucket, prefix.Length > 0 ? prefix + "/" : "");
        return true;
    }

    /// <summary>The address.</summary>
    /// <returns>For example <c>s3://lab/searches-of-may</c>.</returns>
    public override string ToString() => Scheme + Bucket + (Prefix.Length > 0 ? "/" + Prefix.TrimEnd('/') : "");
}
