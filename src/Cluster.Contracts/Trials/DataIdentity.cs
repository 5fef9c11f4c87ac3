using System.Globalization;

namespace SearchCluster.Contracts.Trials;

/// <summary>Which data a trial learned from: all trials of a search learn from the same, because their results
/// would not compare otherwise.</summary>
/// <param name="Sha256">Of a file its hash; of a folder or an archive the hash of its list of files that were read, each with its hash. 64
/// lower-case hexadecimal digits.</param>
/// <param name="Bytes">Bytes of what was read.</param>
/// <param name="Files">How many files were read.</param>
/// <param name="Rows">Rows; null where nobody counts them.</param>
/// <param name="WrittenAt">When the file, or something in the folder, changed last, on the machine that read it.</param>
public sealed record DataIdentity(string Sha256, long Bytes, int Files, int? Rows = null, DateTimeOffset? WrittenAt = null)
{
    /// <summary>Length of <see cref="Sha256"/>.</summary>
    public const int HashDigits = 64;

    // The rest of the sentence must fit a failure's message.
    private const int LongestSource = 150;
    private const int ShownDigits = 12;

    /// <summary>Tells whether the content is the same. Names and times are no part of it: a copy is as good, unless its name has it read
    /// as other rows.</summary>
    /// <param name="other">What another attempt read.</param>
    /// <returns>True for the same bytes of which, as far as both tell, as many rows came.</returns>
    public bool IsSameAs(DataIdentity other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Sha256 == other.Sha256 && (Rows is not { } rows || other.Rows is not { } others || rows == others);
    }

    /// <summary>Says that data are not those of before, what is different, and what to do.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="before">What the trials of the search learned from.</param>
    /// <returns>Some sentences in one line.</returns>
    public string DescribeChange(string source, DataIdentity before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return $"Data '{ForeignText.OneLine(source, LongestSource)}' are not those that the trials of this search learned from: they were "
            + $"{before}; now they are {this}. "
            + "Results on both would not compare. Bring back the data of before and resume; or start over: searchcluster run SPEC --fresh; "
                + "or search beside it: searchcluster run SPEC --name NEW.";
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var rows = Rows is { } count ? Number(count, "row") + ", " : "";
        var files = Files == 1 ? "" : Number(Files, "file") + ", ";
        var written = WrittenAt is { } at
            ? string.Create(CultureInfo.InvariantCulture, $", changed {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
            : "";
        var hash = ForeignText.OneLine(Sha256, HashDigits);
        var shown = hash.Length > ShownDigits ? hash[..ShownDigits] + "…" : hash;
        return $"{rows}{files}{Number(Bytes, "byte")}, SHA-256 {shown}{written}";
    }

    private static string Number(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
