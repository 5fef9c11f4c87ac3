namespace SearchCluster.Contracts.Api;

/// <summary>A data set that the coordinator has, for whoever fetches it.</summary>
/// <param name="Name">Its name, as specs write it after <c>registered:</c>.</param>
/// <param name="Sha256">Of a file its own hash, of a folder that of its list of files. 64 lower-case hexadecimal digits.</param>
/// <param name="IsFolder">Whether it is a folder; else there is one file.</param>
/// <param name="Bytes">Of all files.</param>
/// <param name="Files">In ordinal order of their paths.</param>
/// <param name="Format">How it is read; null to tell from its name and content.</param>
public sealed record DataSetView(
    string Name, string Sha256, bool IsFolder, long Bytes, ValueArray<DataSetFile> Files, DataFormat? Format = null);

/// <summary>A file of a data set.</summary>
/// <param name="Path">From the folder, with '/'; the file's name where the data set is a file.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record DataSetFile(string Path, long Bytes, string Sha256);

/// <summary>Body that offers a data set to the coordinator.</summary>
/// <param name="Name">The name that it gets, unless the same content has one.</param>
/// <param name="List">SHA-256 of its list of files, which is sent like a file: a line of <c>sha256sum</c> for each.</param>
/// <param name="IsFolder">Whether it is a folder; else the list has one file.</param>
/// <param name="Format">How it is read; null to tell from its name and content.</param>
public sealed record DataOffer(string Name, string List, bool IsFolder, DataFormat? Format = null);

/// <summary>What the coordinator lacks of a data set that was offered.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Missing">SHA-256 of what has to be sent before it is offered again; empty once the data set has its name.</param>
/// <param name="Sha256">That of the data set, once it has its name; null before.</param>
public sealed record DataOfferView(string Name, ValueArray<string> Missing, string? Sha256 = null);
