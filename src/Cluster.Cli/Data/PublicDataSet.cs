using System.Security.Cryptography;

namespace SearchCluster.Cli.Data;

/// <summary>A public data set that can be fetched by name.</summary>
/// <param name="Name">Its name here.</param>
/// <param name="Summary">What it is, in a few words.</param>
/// <param name="Format">How it is read.</param>
/// <param name="Licence">What its publisher says about its use.</param>
/// <param name="Addresses">Where its files lie, without their names; the first that answers is used.</param>
/// <param name="Files">Their names, sizes and hashes.</param>
/// <param name="Hint">The rest of section <c>data</c> that a spec needs for it; null for none.</param>
internal sealed record PublicDataSet(
    string Name,
    string Summary,
    DataFormat Format,
    string Licence,
    IReadOnlyList<string> Addresses,
    IReadOnlyList<PublicFile> Files,
    string? Hint = null)
{
    /// <summary>Bytes in all; null when one is unknown.</summary>
    public long? Bytes => Files.All(file => file.Bytes is not null) ? Files.Sum(file => file.Bytes) : null;
}

/// <summary>A file to fetch.</summary>
/// <param name="Name">Its name at the address, and here.</param>
/// <param name="Bytes">Its size; null when unknown.</param>
/// <param name="Hash">What its bytes must hash to, in lower-case hexadecimal digits.</param>
/// <param name="Algorithm">How it is hashed; SHA-256 unless its publisher states another hash only.</param>
internal sealed record PublicFile(string Name, long? Bytes, string Hash, HashAlgorithmName Algorithm);
